"""The same aggregates as `answers` plans, for DuckDB to run: one pass over the events that count.

What an event is chosen for is worked out once, as the bits of a number a row; then every aggregate asks
for its bit, which takes DuckDB a third of the time of comparing kinds and days over and over. Values that
differ and last values are found in the same pass. Tests hold both plans to the same answers.
"""

from dataclasses import dataclass, field, replace

from credence.characteristics.aggregates import Aggregate
from credence.characteristics.filters import Filter
from credence.engines.sql.answers import Aggregates
from credence.events.fields import listed

# A number of 64 bits, of which the highest is its sign.
BITS = 62
Conditions = tuple[str, ...]


@dataclass
class Chosen:
    """What rows of a step are chosen for: each set of kinds and conditions is a bit of a column."""

    bits: dict[tuple[Conditions, Conditions], int] = field(default_factory=dict)

    def test(self, kinds: Conditions, conditions: Conditions) -> str:
        """Whether a row is chosen; empty where every row is."""
        if not kinds and not conditions:
            return ""
        bit = self.bits.setdefault((kinds, conditions), len(self.bits))
        return f"(chosen_{bit // BITS} & {1 << bit % BITS}) <> 0"

    def columns(self) -> str:
        """The columns of bits, as SQL to put after others."""
        wanted = list(self.bits)
        groups = [wanted[start : start + BITS] for start in range(0, len(wanted), BITS)]
        return "".join(f", {_bits(group)} AS chosen_{number}" for number, group in enumerate(groups))


def _bits(wanted: list[tuple[Conditions, Conditions]]) -> str:
    """The bits of a row: those its kind may have, without those of conditions that it does not meet."""
    everything = (1 << len(wanted)) - 1
    others = {text: 0 for _, conditions in wanted for text in conditions}
    for place, (_, conditions) in enumerate(wanted):
        for text in conditions:
            others[text] |= 1 << place
    cases = [
        f"CASE WHEN {text} THEN {everything}::BIGINT ELSE {everything & ~bits} END"
        for text, bits in others.items()
    ]
    return " & ".join([_bits_of_kind([kinds for kinds, _ in wanted]), *cases])


def _bits_of_kind(wanted: list[Conditions]) -> str:
    """The bits of a row by its kind alone; a list, because DuckDB looks a kind up once for many rows."""
    named = list(dict.fromkeys(kind for kinds in wanted for kind in kinds))

    def bits(kind: str | None) -> int:
        return sum(1 << place for place, kinds in enumerate(wanted) if not kinds or kind in kinds)

    if not named:
        return f"{bits(None)}::BIGINT"
    masks = ", ".join(str(bits(kind)) for kind in named)
    place = f"list_position([{listed(named)}], kind)"
    return f"coalesce(list_extract([{masks}]::BIGINT[], {place}), {bits(None)})"


@dataclass
class Passes(Aggregates):
    """The aggregates of a scorecard in one pass, and one more for each `latest` that is asked for."""

    def add(self, wanted: list[Aggregate]) -> None:
        """Plan the steps for all aggregates."""
        sources: dict[tuple[object, ...], list[Aggregate]] = {}
        for aggregate in wanted:
            self.columns[aggregate] = f"g{len(self.columns)}"
            events = aggregate.events
            latest = (events.latest, events.kinds, aggregate.months) if events.latest else ()
            sources.setdefault(latest, []).append(aggregate)
        for number, group in enumerate(sources.values()):
            source = self.latest(number, group) if group[0].events.latest else "counted"
            self.own(f"sums_{number}", self.summed(source, group))

    def latest(self, number: int, group: list[Aggregate]) -> str:
        """The last event of each account (or what else is asked for), with the columns looked at."""
        events, months, key = group[0].events, group[0].months, self.clock.key
        moment = ["as_of"] if self.clock.asked else []
        fields = [name for a in group for name in (a.field, *(c.field for c in a.events.where)) if name]
        others = ["kind", "occurred_at", "occurred_on", "event_key", *moment, *fields]
        others += ["slot"] * any(a.function == "months" for a in group)
        others += ["currency"] * any(a.events.currency is not None for a in group)
        kept = [name for name in dict.fromkeys(others) if name != events.latest]
        packed = ", ".join(f"{name} := {name}" for name in kept)
        where = [*self.chosen(Filter(events.kinds), months), f"{events.latest} IS NOT NULL"]
        whole = f"arg_max(struct_pack({packed}), (occurred_at, event_key)) AS newest"
        newest = f"SELECT {key}, {events.latest}, {whole} FROM counted WHERE {' AND '.join(where)}"
        self.steps.append((f"newest_{number}", f"{newest} GROUP BY {key}, {events.latest}"))
        unpacked = ", ".join(f"newest.{name} AS {name}" for name in kept)
        rows = f"SELECT {key}, {events.latest}, {unpacked} FROM newest_{number}"
        self.steps.append((f"latest_{number}", rows))
        return f"latest_{number}"

    def summed(self, source: str, group: list[Aggregate]) -> str:
        """One pass over a source for all its aggregates."""
        key, bits = self.clock.key, Chosen()
        parts = ", ".join(f"{self.picked(a, bits)} AS {self.columns[a]}" for a in group)
        bit = "CASE WHEN slot BETWEEN 0 AND 62 THEN CAST(1 AS BIGINT) << CAST(slot AS BIGINT) END"
        months = f", {bit} AS month_bit" if any(a.function == "months" for a in group) else ""
        rows = f"SELECT *{months}{bits.columns()} FROM {source}"
        return f"SELECT {key}, {parts} FROM ({rows}) AS chosen GROUP BY {key}"

    def picked(self, aggregate: Aggregate, bits: Chosen) -> str:
        """An aggregate over the rows that have its bit; numbers are cast, or Parquet would keep floats."""
        events = aggregate.events
        others = self.chosen(replace(events, kinds=()), aggregate.months)
        test = bits.test(events.kinds, tuple(others))

        def only(value: str) -> str:
            return f"CASE WHEN {test} THEN {value} END" if test else value

        name = str(aggregate.field)
        if aggregate.function == "last":
            rows = f" FILTER (WHERE {test})" if test else ""
            return f"arg_max({name}, (occurred_at, event_key)){rows}"
        if aggregate.function == "count":
            return f"CAST(count_if({test}) AS BIGINT)" if test else "count(*)"
        whole = {"sum": "CAST(sum({}) AS BIGINT)", "distinct": "count(DISTINCT {})", "months": "bit_or({})"}
        form = whole.get(aggregate.function, "max({})" if aggregate.function == "greatest" else "min({})")
        return form.format(only("month_bit" if aggregate.function == "months" else name))
