"""The types of an event's fields: how a text is checked, what it becomes, and what is said if it cannot."""

from dataclasses import dataclass, replace

from credence.events.vocabulary import Field

# Amounts are bounded so that the sum of a person's amounts fits 64 bits.
MONEY_MOST = 10**13
TEXT_LENGTH_MOST = 200
CONTROL_SIGNS = "[\\x00-\\x1f]"
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")


@dataclass(frozen=True)
class FieldType:
    """How a field is kept, and the SQL that checks and reads its text `{x}`.

    A Parquet column may have one of the types `own` already: then `limits` is checked instead of `check`,
    and the column is read as it is.
    """

    sql: str
    check: str
    value: str
    sentence: str
    own: tuple[str, ...] = ()
    limits: str = "true"

    def reading(self, column_type: str) -> "FieldType":
        """How a column of this type is checked and read."""
        if column_type not in self.own:
            return self
        return replace(self, check=self.limits, value=f"CAST({{x}} AS {self.sql})")


INTEGER = FieldType(
    "BIGINT",
    "regexp_full_match({x}, '[-+]?[0-9]{{1,15}}(\\.0+)?')",
    "TRY_CAST({x} AS BIGINT)",
    "must be a whole number",
    WHOLE_NUMBERS,
    "{x} BETWEEN -999999999999999 AND 999999999999999",
)
MONEY = FieldType(
    "BIGINT",
    f"{INTEGER.check} AND TRY_CAST({{x}} AS BIGINT) BETWEEN -{MONEY_MOST} AND {MONEY_MOST}",
    INTEGER.value,
    "must be a whole number of minor units (cents, fen) of at most 10,000,000,000,000",
    WHOLE_NUMBERS,
    f"{{x}} BETWEEN -{MONEY_MOST} AND {MONEY_MOST}",
)
CURRENCY = FieldType(
    "VARCHAR",
    "regexp_full_match({x}, '[A-Z]{{3}}')",
    "{x}",
    "must be the three letters of a currency, like CNY",
)
DATE = FieldType(
    "DATE",
    "length({x}) = 10 AND TRY_CAST({x} AS DATE) >= DATE '1900-01-01'",
    "TRY_CAST({x} AS DATE)",
    "must be a date since 1900, written like 2026-11-06",
    ("DATE",),
    "{x} BETWEEN DATE '1900-01-01' AND DATE '9999-12-31'",
)
TEXT = FieldType(
    "VARCHAR",
    f"length({{x}}) <= {TEXT_LENGTH_MOST} AND NOT regexp_matches({{x}}, '{CONTROL_SIGNS}')",
    "{x}",
    f"must be a text of at most {TEXT_LENGTH_MOST} characters on one line",
)
FLAG = FieldType(
    "BOOLEAN", "lower({x}) IN ('true', 'false')", "lower({x}) = 'true'", "must be true or false", ("BOOLEAN",)
)
TYPES = {
    "integer": INTEGER,
    "money": MONEY,
    "currency": CURRENCY,
    "date": DATE,
    "text": TEXT,
    "flag": FLAG,
}


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def listed(texts: tuple[str, ...] | list[str]) -> str:
    """Texts as an SQL list for IN."""
    return ", ".join(quoted(text) for text in texts)


def type_of(field: Field) -> FieldType:
    """How a field of the vocabulary is checked and kept."""
    if field.type != "choice":
        return TYPES[field.type]
    sentence = f"must be one of: {', '.join(field.values)}"
    return FieldType("VARCHAR", f"{{x}} IN ({listed(field.values)})", "{x}", sentence)
