"""The first steps of the SQL: from everything recorded to the events that count at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from credence.characteristics.aggregates import Aggregate, aggregates_of
from credence.events.fields import listed
from credence.events.vocabulary import CountsFor, Vocabulary
from credence.scorecards.model import Scorecard

Step = tuple[str, str]
# The columns that every scorecard looks at, beside whose event it is.
LOOKED_AT = ("kind", "occurred_at", "occurred_on", "event_key", "action", "target_key", "date")


@dataclass(frozen=True)
class Clock:
    """How the SQL names the moment: one for all as literals, or one a row of `asked` as columns.

    Attributes:
        key: The column that says whose row it is.
        as_of: The date.
        known_at: The instant.
        snapshot: The newest batch that counts; all if None.
        asked: Whether the moments are rows of the table `asked`.
    """

    key: str
    as_of: str
    known_at: str
    snapshot: int | None = None
    asked: bool = False

    def start(self, months: int) -> str:
        """The first day of a window that ends at the moment."""
        return f"CAST({self.as_of} - INTERVAL '{months}' MONTH AS DATE)"


def whole_months(day: str, as_of: str) -> str:
    """Whole months from a day to as_of, as `calendar.whole_months` counts them."""
    apart = f"(year({as_of}) * 12 + month({as_of})) - (year({day}) * 12 + month({day}))"
    turned = f"day({day}) >= least(day({as_of}), day(last_day({day})))"
    return f"({apart} - CASE WHEN {turned} THEN 1 ELSE 0 END)"


def event_steps(
    scorecards: Sequence[Scorecard], words: Vocabulary, clock: Clock, *, joined: bool = False
) -> list[Step]:
    """The steps up to `counted`: one row for each event that counts, for scorecards that count alike.

    What is hidden is left out by a condition, as every database reads it, or else by an anti-join (`joined`),
    which DuckDB 2.0 carries out ten times as fast.
    """
    anchors = [limit.start for limit in _limits(scorecards, words) if limit.start != "occurred_at"]
    fields = list(dict.fromkeys([*needed_fields(*scorecards), *anchors]))
    columns = ", ".join([*LOOKED_AT, *(name for name in fields if name not in LOOKED_AT)])
    snapshot = "" if clock.snapshot is None else f" AND batch <= {clock.snapshot}"
    if clock.asked:
        source = "events JOIN asked USING (person_id)"
        columns = f"ask, asked.as_of AS as_of, {columns}"
    else:
        source, columns = "events", f"person_id, {columns}"
    moment = ", as_of" if clock.asked else ""
    kept = ", ".join(dict.fromkeys(["kind", "occurred_at", "occurred_on", "event_key", *fields]))
    slot = f", {whole_months('occurred_on', clock.as_of)} AS slot" if _needs_slot(scorecards) else ""
    recorded = f"SELECT {columns} FROM {source} WHERE recorded_at <= {clock.known_at}{snapshot}"
    mark = f"{clock.key}{moment}, target_key, action, date, occurred_at, occurred_on, event_key"
    hidden = f"hidden.{clock.key} = recorded.{clock.key} AND hidden.target_key = recorded.event_key"
    shown = "" if joined else f" AND NOT EXISTS (SELECT 1 FROM hidden WHERE {hidden})"
    all_rows = f"recorded ANTI JOIN hidden ON {hidden}" if joined else "recorded"
    counts = f"{' AND '.join(_counts(scorecards, words, clock))}{shown}"
    return [
        ("recorded", recorded),
        ("marks", f"SELECT {mark} FROM recorded WHERE target_key IS NOT NULL"),
        ("hidden", _hidden(clock)),
        ("counted", f"SELECT {clock.key}{moment}, {kept}{slot} FROM {all_rows} WHERE {counts}"),
    ]


def _hidden(clock: Clock) -> str:
    """Events that do not count: corrected ones, suspended ones, and those still in their notice period."""
    whose = f"PARTITION BY {clock.key}, target_key"
    last = f"row_number() OVER ({whose} ORDER BY occurred_at DESC, event_key DESC) = 1"
    suspended = (
        f"SELECT {clock.key}, target_key, action FROM marks WHERE action IN ('suspends', 'releases') "
        f"AND occurred_on <= {clock.as_of} QUALIFY {last}"
    )
    noticed = f"SELECT * FROM marks WHERE action = 'counts_from' QUALIFY {last}"
    return (
        f"SELECT {clock.key}, target_key FROM marks WHERE action IN ('retracts', 'replaces') "
        f"UNION SELECT {clock.key}, target_key FROM ({suspended}) AS latest WHERE action = 'suspends' "
        f"UNION SELECT {clock.key}, target_key FROM ({noticed}) AS latest WHERE date > {clock.as_of}"
    )


def _counts(scorecards: Sequence[Scorecard], words: Vocabulary, clock: Clock) -> list[str]:
    limits = [_fresh(limit, kinds, clock) for limit, kinds in _limits(scorecards, words).items()]
    kinds = scorecards[0].barred_kinds
    barred = [f"kind NOT IN ({listed(kinds)})"] if kinds else []
    plain = "coalesce(action, 'replaces') = 'replaces'"
    return [plain, f"occurred_on < {clock.as_of}", *barred, *limits]


def _fresh(limit: CountsFor, kinds: list[str], clock: Clock) -> str:
    anchor = "occurred_on" if limit.start == "occurred_at" else f"coalesce({limit.start}, occurred_on)"
    days = f" + INTERVAL '{limit.days}' DAY" if limit.days else ""
    obsolete_on = f"CAST({anchor}{days} + INTERVAL '{limit.months}' MONTH AS DATE)"
    return f"(kind NOT IN ({listed(kinds)}) OR {clock.as_of} < {obsolete_on})"


def _limits(scorecards: Sequence[Scorecard], words: Vocabulary) -> dict[CountsFor, list[str]]:
    """The limits on how long a kind may count that some window of the scorecards is long enough to meet."""
    limits: dict[CountsFor, list[str]] = {}
    for kind in words.kinds.values():
        limit = kind.limit(scorecards[0].jurisdiction)
        if limit is not None and any(_reaches(a, kind.name, limit) for a in aggregates(*scorecards)):
            limits.setdefault(limit, []).append(kind.name)
    return limits


def _reaches(aggregate: Aggregate, kind: str, limit: CountsFor) -> bool:
    named = not aggregate.events.kinds or kind in aggregate.events.kinds
    inside = limit.start == "occurred_at" and aggregate.months is not None and aggregate.months < limit.months
    return named and not inside


def aggregates(*scorecards: Scorecard) -> list[Aggregate]:
    """Every aggregate the scorecards need, once each, in document order."""
    measures = [measure for scorecard in scorecards for measure, _ in scorecard.measures()]
    found = [a for measure in measures for a in aggregates_of(measure.answer)]
    return list(dict.fromkeys(found))


def needed_fields(*scorecards: Scorecard) -> list[str]:
    """The fields of events that the scorecards look at, but for those every event has."""
    names = [name for a in aggregates(*scorecards) for name in _fields(a)]
    return [name for name in dict.fromkeys(names) if name != "occurred_on"]


def _fields(aggregate: Aggregate) -> list[str]:
    events = aggregate.events
    names = [aggregate.field, events.latest, *(condition.field for condition in events.where)]
    return [name for name in [*names, "currency" if events.currency else None] if name]


def _needs_slot(scorecards: Sequence[Scorecard]) -> bool:
    return any(a.function == "months" for a in aggregates(*scorecards))
