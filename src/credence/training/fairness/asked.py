"""What an order asks about groups: a table of people beside, a scorecard that draws groups together."""

from credence.errors import TrainingTableError
from credence.training.columns import Table
from credence.training.fairness.family import fairer
from credence.training.fairness.groups import grouping
from credence.training.fairness.people import beside_people, group_columns
from credence.training.fit import Fit
from credence.training.order import Looks, Order


def with_people(order: Order, table: Table) -> Table:
    """The table, with the groups of a table of people beside where one is named.

    Raises:
        SourceNotFoundError: The file of people is not there.
        IntakeError: It cannot be read, has no person_id or nothing else, or has a person twice.
        TrainingTableError: The table has no person_id.
    """
    people = order.looks.people
    return table if people is None else beside_people(table, order.source.path, people)


def drawn_together(order: Order, table: Table, fit: Fit) -> Fit:
    """The fit, drawing groups together as strongly as is asked for.

    Raises:
        TrainingTableError: There are no groups to draw together.
    """
    strength = order.looks.fairer
    if strength is None:
        return fit
    groups = [grouping(column, table.bad) for column in group_columns(order.looks, table)]
    kept = [each for each in groups if each.names]
    if not kept:
        faults = [f"Its groups by '{each.column}' cannot be drawn together: {each.why}." for each in groups]
        raise TrainingTableError(order.source.path, faults, [])
    return fairer(fit, kept, strength)


def drawn_in_words(looks: Looks) -> list[tuple[str, str]]:
    """For the model card: that groups were drawn together, and what that means; nothing where none were."""
    if looks.fairer is None:
        return []
    named = [*(f"`{name}`" for name in looks.groups), *(["those of --people"] if looks.people else [])]
    how = "a penalty on their gaps in mean log odds; they were used to learn, and are not asked"
    return [("groups drawn together", f"{', '.join(named)}, with strength {looks.fairer:g}: {how}")]
