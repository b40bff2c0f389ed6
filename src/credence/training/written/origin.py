"""Where questions come from: the scorecard whose characteristics the columns of a table answer."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from credence.characteristics.aggregates import Aggregate, Answer, aggregates_of, is_text
from credence.engines.samples.statements import answered
from credence.errors import TrainingTableError
from credence.events.vocabulary import Vocabulary, extended, shipped
from credence.scorecards.model import Characteristic, Scorecard
from credence.scorecards.written.measures import Entries, measure_of
from credence.training.columns import Column
from credence.training.order import Order
from credence.training.questions import load_questions


@dataclass(frozen=True)
class Origin:
    """A scorecard whose measures are asked in place of columns of the same name.

    `made` are more, that training made of the columns.
    """

    scorecard: Scorecard
    words: Vocabulary
    made: tuple[Characteristic, ...] = ()

    def of(self, column: str) -> Characteristic | None:
        """The characteristic of a column's name; None where there is none."""
        return next((c for c in (*answered(self.scorecard), *self.made) if c.name == column), None)

    def measure(self, characteristic: Characteristic) -> Entries:
        """Its measure as it stands in a file, with the kinds named that a live scorecard may count.

        A trained scorecard is not live, and would count what is barred where no kind is named.
        """
        barred, measure = self.scorecard.barred_kinds, characteristic.measure
        kinds = tuple(sorted(set(self.words.counted()) - set(barred)))
        named = replace(measure, answer=_named(measure.answer, kinds, self.words)) if barred else measure
        return measure_of(named)


def _named(answer: Answer, kinds: tuple[str, ...], words: Vocabulary) -> Answer:
    """The same answer, of these kinds where none is named."""
    found = {part.name: getattr(answer, part.name) for part in fields(answer)}
    aggregates = {name: part for name, part in found.items() if isinstance(part, Aggregate)}
    explicit = {
        name: replace(part, events=replace(part.events, kinds=_saying(part, kinds, words)))
        for name, part in aggregates.items()
        if not part.events.kinds
    }
    return replace(answer, **explicit)  # type: ignore[arg-type]


def _saying(aggregate: Aggregate, kinds: tuple[str, ...], words: Vocabulary) -> tuple[str, ...]:
    """Those of some kinds that have every field which is looked at, so that the file may name them."""
    events = aggregate.events
    looked = [aggregate.field, events.latest, *(condition.field for condition in events.where)]
    names = {name for name in looked if name and name != "occurred_on"}
    return tuple(kind for kind in kinds if names <= set(words.kinds[kind].fields))


def read_origin(order: Order, columns: Sequence[Column]) -> Origin:
    """Load the scorecard whose characteristics some columns of a table answer.

    Args:
        order: The name or path of the scorecard, and the kinds that it may name.
        columns: The columns of the table.

    Raises:
        SourceNotFoundError: There is no such vocabulary.
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: One of them has faults.
        TrainingTableError: No column is called like a characteristic, or one holds something else.
    """
    words = extended(shipped(), order.vocabulary) if order.vocabulary else shipped()
    card = load_questions(str(order.characteristics), words)
    kinds = {c.name: is_text(c.measure.answer) for c in answered(card)}
    faults = [
        f"'{column.name}' holds {_said(column.texts is not None)}, and in '{card.name}' its answer is "
        f"{_said(kinds[column.name])}."
        for column in columns
        if kinds.get(column.name, column.texts is not None) != (column.texts is not None)
    ]
    faults += [
        f"'{column.name}' asks for events of any kind that do not say something: name kinds in '{card.name}'."
        for column in columns
        if card.barred_kinds and column.name in kinds and _unsaid(card.characteristic(column.name))
    ]
    if not any(column.name in kinds for column in columns):
        faults.append(f"No column is called like a characteristic of '{card.name}': {', '.join(kinds)}.")
    if faults:
        raise TrainingTableError(order.source.path, faults, [])
    return Origin(card, words)


def _unsaid(characteristic: Characteristic) -> bool:
    """Whether it looks at events of any kind that say nothing in a field, as kinds without it never do."""
    events = [aggregate.events for aggregate in aggregates_of(characteristic.measure.answer)]
    return any(
        condition.test == "present" and not condition.values[0]
        for each in events
        if not each.kinds
        for condition in each.where
    )


def _said(text: bool) -> str:  # noqa: FBT001 - one of two words
    return "texts" if text else "numbers"
