"""The checks every incoming event passes, as SQL made from the vocabulary over rows of texts.

One path for files, for rows handed over in Python, and later for the API: the rows lie in the table
`staged`, all texts, and either become typed events or rejects of row, field, value and sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credence.events.corrections import Check, correction_checks
from credence.events.fields import CONTROL_SIGNS, TEXT, TEXT_LENGTH_MOST, listed, quoted, type_of
from credence.events.keys import bucket_sql, key_sql
from credence.events.manifest import Settings
from credence.events.vocabulary import COMMON_COLUMNS, Vocabulary

# The columns of `staged` and their types.
Columns = Mapping[str, str]
REQUIRED = ("furnisher", "event_id", "person_id", "kind", "occurred_at")
# The columns of every event in the log, before the kinds' own fields.
EVENT_COLUMNS = {
    "person_id": "VARCHAR",
    "kind": "VARCHAR",
    "furnisher": "VARCHAR",
    "event_id": "VARCHAR",
    "occurred_at": "TIMESTAMP",
    "occurred_on": "DATE",
    "date_only": "BOOLEAN",
    "reported_at": "TIMESTAMP",
    "recorded_at": "TIMESTAMP",
    "batch": "INTEGER",
    "bucket": "SMALLINT",
    "event_key": "BIGINT",
    "action": "VARCHAR",
    "target_key": "BIGINT",
    "target_furnisher": "VARCHAR",
}
TEXTS = ("furnisher", "event_id", "person_id", "replaces", "retracts")
TIMES = ("occurred_at", "reported_at", "recorded_at")
INSTANT = "TIMESTAMP WITH TIME ZONE"
# A mask of fields is a number of 64 bits, of which the highest is its sign.
FIELDS_A_MASK = 62
OFFSET = (
    "regexp_full_match({x}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-9]{{2}}:.*"
    "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)')"
)
HOW_TO_WRITE_TIMES = (
    "must be a date (2026-11-06) or a time with its offset (2026-11-06T14:05:00+01:00); "
    "for times without one, give --timezone"
)


@dataclass(frozen=True)
class Intake:
    """How one import reads its rows: with which vocabulary, clock and time zones."""

    vocabulary: Vocabulary
    settings: Settings
    recorded_at: str
    timezone: str | None = None
    backfill: bool = False

    def columns(self) -> list[str]:
        """Every column a row may have."""
        return [*COMMON_COLUMNS, *self.vocabulary.fields]

    def kept(self) -> dict[str, tuple[str, ...]]:
        """The types that a column of a Parquet file need not change for a text."""
        times = dict.fromkeys(TIMES, (INSTANT,))
        return times | {name: type_of(field).own for name, field in self.vocabulary.fields.items()}

    def checks(self, present: Columns) -> list[Check]:
        """The checks that can fail, given the columns present: what is said of a row that is refused."""
        return [*self._single(present), *self._texts(present), *self._kinds(present)]

    def whole(self, present: Columns) -> str:
        """Whether a row passes every check, in a quarter of the time: over the row joined with `kinds`.

        All texts are searched for control signs at once, and all fields compared with a kind's as bits.
        """
        texts = [check.field for check in self._texts(present)]
        lengths = [f"({name} IS NULL OR length({name}) <= {TEXT_LENGTH_MOST})" for name in texts]
        signs = f"NOT regexp_matches(concat({', '.join(texts)}), '{CONTROL_SIGNS}')"
        fields = ["kinds.kind IS NOT NULL", *self._masks(present)]
        singles = [check.condition for check in self._single(present)]
        return f"coalesce({' AND '.join([*singles, *lengths, signs, *fields])}, false)"

    def kinds(self) -> str:
        """The table `kinds` as SQL: for each kind the masks of fields it cannot have and must have."""
        rows = []
        for kind in self.vocabulary.kinds.values():
            others = [name for name in self.vocabulary.fields if name not in kind.fields]
            masks = [
                mask
                for pair in zip(self._bits(others), self._bits(kind.required), strict=True)
                for mask in pair
            ]
            rows.append(f"({', '.join([quoted(kind.name), *(f'{mask}::BIGINT' for mask in masks)])})")
        names = [f"{name}_{number}" for number in range(len(self._groups())) for name in ("barred", "needed")]
        return f"SELECT * FROM (VALUES {', '.join(rows)}) AS kinds (kind, {', '.join(names)})"

    def _groups(self) -> list[list[str]]:
        names = list(self.vocabulary.fields)
        return [names[start : start + FIELDS_A_MASK] for start in range(0, len(names), FIELDS_A_MASK)]

    def _bits(self, names: Iterable[str]) -> list[int]:
        """A set of fields as masks."""
        return [
            sum(1 << place for place, name in enumerate(group) if name in names) for group in self._groups()
        ]

    def _masks(self, present: Columns) -> list[str]:
        """That a row has no field its kind cannot have, and (unless it takes one back) all its kind needs."""
        conditions = []
        for number, group in enumerate(self._groups()):
            bits = [
                f"CASE WHEN {name} IS NULL THEN 0 ELSE {1 << i} END"
                for i, name in enumerate(group)
                if name in present
            ]
            said = f"({' + '.join(['0::BIGINT', *bits])})"
            conditions.append(f"{said} & barred_{number} = 0")
            conditions.append(f"(retracts IS NOT NULL OR {said} & needed_{number} = needed_{number})")
        return conditions

    def moment(self, column: str, present: Columns) -> str:
        """A column as a UTC instant; NULL where it cannot be read."""
        if present.get(column) == INSTANT:
            return f"CASE WHEN isfinite({column}) THEN CAST({column} AS TIMESTAMP) END"
        zone = self.settings.timezone
        day = at_zone(f"CAST(TRY_CAST({column} AS DATE) AS TIMESTAMP)", zone)
        local = at_zone(f"TRY_CAST({column} AS TIMESTAMP)", self.timezone) if self.timezone else "NULL"
        return (
            f"CASE WHEN length({column}) = 10 THEN {day} "
            f"WHEN {OFFSET.format(x=column)} THEN CAST(TRY_CAST({column} AS TIMESTAMPTZ) AS TIMESTAMP) "
            f"ELSE {local} END"
        )

    def event(self, present: Columns) -> dict[str, str]:
        """Every column of a typed event as SQL over a checked row."""
        target = key_sql("coalesce(target_furnisher, furnisher)", "coalesce(replaces, retracts, target)")
        marks = {kind.name: kind.mark for kind in self.vocabulary.kinds.values() if kind.mark}
        cases = " ".join(f"WHEN {quoted(kind)} THEN {quoted(mark)}" for kind, mark in marks.items())
        common = {name: name for name in ("person_id", "kind", "furnisher", "event_id")}
        has_target = "coalesce(replaces, retracts, target) IS NOT NULL"
        recorded = self.moment("recorded_at", present) if self.backfill else f"TIMESTAMP '{self.recorded_at}'"
        return (
            common
            | {
                "occurred_at": "moment",
                "occurred_on": self._day(present),
                "date_only": _is_date("occurred_at", present),
                "reported_at": self.moment("reported_at", present),
                "recorded_at": recorded,
                "bucket": bucket_sql("person_id", self.settings.buckets),
                "event_key": key_sql("furnisher", "event_id"),
                "action": "CASE WHEN retracts IS NOT NULL THEN 'retracts' "
                f"WHEN replaces IS NOT NULL THEN 'replaces' ELSE CASE kind {cases} END END",
                "target_key": f"CASE WHEN {has_target} THEN {target} END",
            }
            | {
                name: type_of(field).reading(present[name]).value.format(x=name)
                for name, field in self.vocabulary.fields.items()
                if name in present
            }
            | {"target": "coalesce(replaces, retracts, target)", "target_furnisher": "target_furnisher"}
        )

    def _day(self, present: Columns) -> str:
        zone = self.settings.timezone
        if zone == "UTC":
            return "CAST(moment AS DATE)"
        local = f"CAST(timezone({quoted(zone)}, CAST(moment AS TIMESTAMPTZ)) AS DATE)"
        said = "TRY_CAST(CAST(occurred_at AS VARCHAR) AS DATE)"
        return f"CASE WHEN {_is_date('occurred_at', present)} THEN {said} ELSE {local} END"

    def content(self, present: Columns) -> str:
        """A hash of all that a typed row says, but for its own id and when it was recorded."""
        fields = sorted(name for name in self.vocabulary.fields if name in present)
        said = [f"'{name}=' || CAST({name} AS VARCHAR)" for name in fields]
        others = [f"'{name}=' || {name}" for name in ("replaces", "retracts", "target_furnisher")]
        times = "CAST(epoch_us(occurred_at) AS VARCHAR)", "CAST(date_only AS VARCHAR)"
        reported = "'reported_at=' || CAST(reported_at AS VARCHAR)"
        return key_sql("person_id", "kind", *times, reported, *others, *said)

    def _single(self, present: Columns) -> list[Check]:
        """The checks that each look at a column or two."""
        typed = [
            name for name, field in self.vocabulary.fields.items() if name in present and field.type != "text"
        ]
        return [
            *(Check(name, f"{name} IS NOT NULL", f"{name} is missing") for name in REQUIRED),
            *self._times(present),
            *(self._typed(name, present[name]) for name in typed),
            *correction_checks(self.vocabulary, self.settings.bureau),
            Check("", "unknown IS NULL", "'{unknown}' is not a column this vocabulary knows"),
        ]

    def _texts(self, present: Columns) -> list[Check]:
        fields = [
            name for name, field in self.vocabulary.fields.items() if name in present and field.type == "text"
        ]
        condition = f"({{x}} IS NULL OR ({TEXT.check}))"
        return [
            Check(name, condition.format(x=name), f"{name} {TEXT.sentence}") for name in (*TEXTS, *fields)
        ]

    def _kinds(self, present: Columns) -> list[Check]:
        """The checks of a row's fields against its kind."""
        known = listed(list(self.vocabulary.kinds))
        return [
            Check(
                "kind", f"(kind IS NULL OR kind IN ({known}))", "there is no kind '{kind}' in the vocabulary"
            ),
            *(self._needed(name, present) for name in self.vocabulary.fields if self._needing(name)),
            *(self._allowed(name) for name in self.vocabulary.fields if name in present),
        ]

    def _times(self, present: Columns) -> list[Check]:
        recorded = self.moment("recorded_at", present) if self.backfill else f"TIMESTAMP '{self.recorded_at}'"
        readable = "(occurred_at IS NULL OR coalesce(moment >= TIMESTAMP '1900-01-01', false))"
        happened = f"(moment IS NULL OR coalesce(moment <= {recorded} + INTERVAL 1 DAY, true))"
        reported = f"(reported_at IS NULL OR {self.moment('reported_at', present)} IS NOT NULL)"
        checks = [
            Check("occurred_at", readable, f"occurred_at {HOW_TO_WRITE_TIMES}"),
            Check(
                "occurred_at",
                happened,
                "occurred_at lies after the event was recorded: it has not happened yet",
            ),
            Check("reported_at", reported, f"reported_at {HOW_TO_WRITE_TIMES}"),
        ]
        if self.backfill:
            stamped = f"{recorded} <= TIMESTAMP '{self.recorded_at}'"
            sentence = "with --backfill every row needs its recorded_at, an instant in the past"
            return [*checks, Check("recorded_at", stamped, sentence)]
        sentence = "recorded_at is stamped by the log; history with its own is loaded with --backfill"
        return [*checks, Check("recorded_at", "recorded_at IS NULL", sentence)]

    def _typed(self, name: str, column_type: str) -> Check:
        kept = type_of(self.vocabulary.fields[name]).reading(column_type)
        condition = f"({name} IS NULL OR ({kept.check.format(x=name)}))"
        return Check(name, condition, f"{name} {kept.sentence}")

    def _needing(self, name: str) -> list[str]:
        return [kind.name for kind in self.vocabulary.kinds.values() if name in kind.required]

    def _needed(self, name: str, present: Columns) -> Check:
        given = f"{name} IS NOT NULL" if name in present else "false"
        others = f"kind IS NULL OR kind NOT IN ({listed(self._needing(name))})"
        condition = f"({others} OR retracts IS NOT NULL OR {given})"
        return Check(name, condition, f"{name} is missing: a {{kind}} needs it")

    def _allowed(self, name: str) -> Check:
        others = [kind.name for kind in self.vocabulary.kinds.values() if name not in kind.fields]
        condition = f"({name} IS NULL OR kind IS NULL OR kind NOT IN ({listed(others)}))"
        return Check(name, condition, f"{name} is not a field of {{kind}}")


def at_zone(moment: str, zone: str) -> str:
    """A local time of a zone, in SQL, as the instant that the log keeps."""
    return moment if zone == "UTC" else f"CAST(timezone({quoted(zone)}, {moment}) AS TIMESTAMP)"


def _is_date(column: str, present: Columns) -> str:
    return "false" if present.get(column) == INSTANT else f"length({column}) = 10"
