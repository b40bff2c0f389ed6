"""Whose scores may rest on whom somebody knows: those of lab scorecards, on synthetic people."""

from collections.abc import Iterable

from credence.engines.sql.contacts import contact_columns
from credence.errors import ContactsBarredError
from credence.scorecards.live import bars
from credence.scorecards.model import Scorecard


def check_may_know_contacts(scorecards: Iterable[Scorecard]) -> None:
    """Make sure that no live scorecard looks at what contacts scored, whatever its file says of the column.

    Raises:
        ContactsBarredError: One does.
    """
    for card in scorecards:
        columns = contact_columns(card)
        if columns and card.setting == "live":
            named, rule = f"{card.name}@{card.version}", str(bars()["another_person"])
            raise ContactsBarredError(named, columns[0], rule)
