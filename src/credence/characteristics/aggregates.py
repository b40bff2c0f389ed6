"""The few things that are ever computed over events: shared by all measures, alike in every engine."""

from dataclasses import dataclass

from credence.characteristics.filters import Filter

# The months mask is kept in 63 bits.
MONTHS_MOST = 63


@dataclass(frozen=True)
class Aggregate:
    """One number, date or text computed from the events of a person in a window.

    Attributes:
        function: count; sum, greatest, least of a field; months (a bit a month with an event, bit 0 the
            month before as_of); distinct values of a field; last value of a field. All but count and
            months look only at events whose field says something.
        events: Which events.
        months: The window's length; None for all time.
        field: A field of the events, or occurred_on.
    """

    function: str
    events: Filter
    months: int | None
    field: str | None = None


@dataclass(frozen=True)
class Number:
    """An aggregate as it is; `none` is the answer where no event says anything."""

    aggregate: Aggregate
    none: int | None = None


@dataclass(frozen=True)
class Quotient:
    """An exact quotient, numerator x times : denominator x over; missing unless there is a denominator."""

    numerator: Aggregate
    denominator: Aggregate
    times: int = 1
    over: int = 1


@dataclass(frozen=True)
class Difference:
    """One sum minus another; a side on which nothing happened is zero, both sides missing is missing."""

    plus: Aggregate
    minus: Aggregate


@dataclass(frozen=True)
class Ago:
    """Days or whole months from a date to as_of; missing where there is no date."""

    aggregate: Aggregate
    unit: str


@dataclass(frozen=True)
class Months:
    """How many months of a mask are set, or the longest run of them."""

    aggregate: Aggregate
    longest_run: bool = False


@dataclass(frozen=True)
class Text:
    """A text as it is; missing where no event says anything."""

    aggregate: Aggregate


@dataclass(frozen=True)
class Column:
    """A column of a table of people, a number or a text; missing where the table has none."""

    name: str
    text: bool


@dataclass(frozen=True)
class Crossing:
    """No answer of its own: the attribute is chosen by the answers of other characteristics."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Derived:
    """A number made of several columns of a table of people, in doubles, in the order of their names.

    Attributes:
        way: ratio, the first by the second, missing unless both are known and the second is not 0; or
            greatest, least or average of those that are known, missing where none is.
        columns: What it is made of, numbers all.
    """

    way: str
    columns: tuple[Column, ...]


Answer = Number | Quotient | Difference | Ago | Months | Text | Column | Derived | Crossing


def columns_in(answer: Answer) -> tuple[Column, ...]:
    """The columns of a table of people that an answer looks at."""
    if isinstance(answer, Derived):
        return answer.columns
    return (answer,) if isinstance(answer, Column) else ()


def aggregates_of(answer: Answer) -> tuple[Aggregate, ...]:
    """The aggregates that an answer is made of."""
    if isinstance(answer, Quotient):
        return (answer.numerator, answer.denominator)
    if isinstance(answer, Difference):
        return (answer.plus, answer.minus)
    return () if isinstance(answer, Column | Derived | Crossing) else (answer.aggregate,)


def is_text(answer: Answer) -> bool:
    """Whether the answer is a text rather than a number."""
    return isinstance(answer, Text | Crossing) or (isinstance(answer, Column) and answer.text)


def can_be_missing(answer: Answer) -> bool:
    """Whether a person may have no answer."""
    return not isinstance(answer, Months | Crossing) and not (
        isinstance(answer, Number) and answer.none is not None
    )
