"""The checks every incoming event passes, as SQL made from the vocabulary over rows of texts.

One path for files, for rows handed over in Python, and later for the API: the rows lie in the table
`staged`, all texts, and either become typed events or rejects of row, field, value and sentence.
"""

from dataclasses import dataclass

from credence.events.fields import TEXT, listed, quoted, type_of
from credence.events.keys import bucket_sql, key_sql
from credence.events.manifest import Settings
from credence.events.vocabulary import COMMON_COLUMNS, Vocabulary

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
OFFSET = "regexp_matches({x}, '[T ].*(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$')"
HOW_TO_WRITE_TIMES = (
    "must be a date (2026-11-06) or a time with its offset (2026-11-06T14:05:00+01:00); "
    "for times without one, give --timezone"
)


@dataclass(frozen=True)
class Check:
    """Something that must be true of a row, and what is said of the field where it is not."""

    field: str
    condition: str
    sentence: str


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

    def checks(self, present: list[str]) -> list[Check]:
        """The checks that can fail, given the columns present."""
        fields = [name for name in self.vocabulary.fields if name in present]
        return [
            *(Check(name, f"{name} IS NOT NULL", f"{name} is missing") for name in REQUIRED),
            *(self._text(name) for name in ("furnisher", "event_id", "person_id", "replaces", "retracts")),
            self._kind(),
            *self._times(),
            *(self._typed(name) for name in fields),
            *(self._required(name, present) for name in self.vocabulary.fields),
            *(self._allowed(name) for name in fields),
            *self._corrections(),
            Check("", "unknown IS NULL", "'{unknown}' is not a column this vocabulary knows"),
        ]

    def moment(self, column: str) -> str:
        """A text column as a UTC instant; NULL where it cannot be read."""
        zone = self.settings.timezone
        day = _at_zone(f"CAST(TRY_CAST({column} AS DATE) AS TIMESTAMP)", zone)
        local = _at_zone(f"TRY_CAST({column} AS TIMESTAMP)", self.timezone) if self.timezone else "NULL"
        return (
            f"CASE WHEN length({column}) = 10 THEN {day} "
            f"WHEN {OFFSET.format(x=column)} THEN CAST(TRY_CAST({column} AS TIMESTAMPTZ) AS TIMESTAMP) "
            f"ELSE {local} END"
        )

    def event(self, present: list[str]) -> dict[str, str]:
        """Every column of a typed event as SQL over a checked row."""
        zone = self.settings.timezone
        local = "moment" if zone == "UTC" else f"timezone({quoted(zone)}, CAST(moment AS TIMESTAMPTZ))"
        target = key_sql("coalesce(target_furnisher, furnisher)", "coalesce(replaces, retracts, target)")
        marks = {kind.name: kind.mark for kind in self.vocabulary.kinds.values() if kind.mark}
        cases = " ".join(f"WHEN {quoted(kind)} THEN {quoted(mark)}" for kind, mark in marks.items())
        common = {name: name for name in ("person_id", "kind", "furnisher", "event_id")}
        has_target = "coalesce(replaces, retracts, target) IS NOT NULL"
        return common | {
            "occurred_at": "moment",
            "occurred_on": f"CASE WHEN length(occurred_at) = 10 THEN CAST(occurred_at AS DATE) ELSE CAST({local} AS DATE) END",
            "date_only": "length(occurred_at) = 10",
            "reported_at": self.moment("reported_at"),
            "recorded_at": self.moment("recorded_at") if self.backfill else f"TIMESTAMP '{self.recorded_at}'",
            "bucket": bucket_sql("person_id", self.settings.buckets),
            "event_key": key_sql("furnisher", "event_id"),
            "action": f"CASE WHEN retracts IS NOT NULL THEN 'retracts' WHEN replaces IS NOT NULL THEN 'replaces' "
            f"ELSE CASE kind {cases} END END",
            "target_key": f"CASE WHEN {has_target} THEN {target} END",
        } | {
            name: type_of(field).value.format(x=name)
            for name, field in self.vocabulary.fields.items()
            if name in present
        } | {"target": "coalesce(replaces, retracts, target)", "target_furnisher": "target_furnisher"}

    def content(self, present: list[str]) -> str:
        """A hash of all that a row says, but for its own id and when it was recorded."""
        fields = sorted(name for name in self.vocabulary.fields if name in present)
        said = [f"'{name}=' || CAST(typed.{name} AS VARCHAR)" for name in fields]
        others = [f"'{name}=' || {name}" for name in ("replaces", "retracts", "target_furnisher")]
        times = "CAST(typed.occurred_at AS VARCHAR)", "CAST(typed.date_only AS VARCHAR)"
        reported = "'reported_at=' || CAST(typed.reported_at AS VARCHAR)"
        return key_sql("typed.person_id", "typed.kind", *times, reported, *others, *said)

    def _text(self, name: str) -> Check:
        condition = f"({name} IS NULL OR ({TEXT.check.format(x=name)}))"
        return Check(name, condition, f"{name} {TEXT.sentence}")

    def _kind(self) -> Check:
        known = listed(list(self.vocabulary.kinds))
        return Check("kind", f"(kind IS NULL OR kind IN ({known}))", "there is no kind '{kind}' in the vocabulary")

    def _times(self) -> list[Check]:
        recorded = self.moment("recorded_at") if self.backfill else f"TIMESTAMP '{self.recorded_at}'"
        readable = f"(occurred_at IS NULL OR coalesce(moment >= TIMESTAMP '1900-01-01', false))"
        happened = f"(moment IS NULL OR coalesce(moment <= {recorded} + INTERVAL 1 DAY, true))"
        reported = f"(reported_at IS NULL OR {self.moment('reported_at')} IS NOT NULL)"
        checks = [
            Check("occurred_at", readable, f"occurred_at {HOW_TO_WRITE_TIMES}"),
            Check("occurred_at", happened, "occurred_at lies after the event was recorded: it has not happened yet"),
            Check("reported_at", reported, f"reported_at {HOW_TO_WRITE_TIMES}"),
        ]
        if self.backfill:
            stamped = f"{recorded} <= TIMESTAMP '{self.recorded_at}'"
            sentence = "with --backfill every row needs its recorded_at, an instant in the past"
            return [*checks, Check("recorded_at", stamped, sentence)]
        sentence = "recorded_at is stamped by the log; history with its own is loaded with --backfill"
        return [*checks, Check("recorded_at", "recorded_at IS NULL", sentence)]

    def _typed(self, name: str) -> Check:
        kept = type_of(self.vocabulary.fields[name])
        condition = f"({name} IS NULL OR ({kept.check.format(x=name)}))"
        return Check(name, condition, f"{name} {kept.sentence}")

    def _required(self, name: str, present: list[str]) -> Check:
        kinds = [kind.name for kind in self.vocabulary.kinds.values() if name in kind.required]
        if not kinds:
            return Check(name, "true", "")
        given = f"{name} IS NOT NULL" if name in present else "false"
        condition = f"(kind NOT IN ({listed(kinds)}) OR retracts IS NOT NULL OR {given})"
        return Check(name, condition, f"{name} is missing: a {{kind}} needs it")

    def _allowed(self, name: str) -> Check:
        others = [kind.name for kind in self.vocabulary.kinds.values() if name not in kind.fields]
        condition = f"({name} IS NULL OR kind NOT IN ({listed(others)}))"
        return Check(name, condition, f"{name} is not a field of {{kind}}")

    def _corrections(self) -> list[Check]:
        marks = listed([kind.name for kind in self.vocabulary.kinds.values() if kind.mark])
        retracting = listed([k.name for k in self.vocabulary.kinds.values() if k.mark == "retracts"])
        own = f"target_furnisher = furnisher OR furnisher = {quoted(self.settings.bureau)}"
        itself = "coalesce(replaces, retracts, target)"
        return [
            Check("retracts", "(replaces IS NULL OR retracts IS NULL)", "an event either replaces or retracts another, not both"),
            Check("replaces", f"(replaces IS NULL OR kind NOT IN ({marks}))", "a mark cannot replace an event"),
            Check("retracts", f"(kind NOT IN ({retracting}) OR retracts IS NOT NULL)", "retracts is missing: {kind} needs the event_id it takes back"),
            Check("target_furnisher", f"(target_furnisher IS NULL OR {own})", "only the furnisher of an event, or the bureau, may correct or mark it"),
            Check("target_furnisher", f"(target_furnisher IS NULL OR {itself} IS NOT NULL)", "target_furnisher is given, but no event that it sent"),
            Check("event_id", f"({itself} IS NULL OR {itself} <> event_id OR coalesce(target_furnisher, furnisher) <> furnisher)", "an event cannot correct or mark itself"),
        ]


def _at_zone(moment: str, zone: str) -> str:
    return moment if zone == "UTC" else f"CAST(timezone({quoted(zone)}, {moment}) AS TIMESTAMP)"


