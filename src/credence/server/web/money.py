"""Amounts on pages: as people write them, with the decimal places of their currency; else in minor units."""

from credence.errors import AmountWrongError
from credence.events.exports.money import minor_units, written
from credence.events.fields import MONEY_MOST
from credence.scoring.words import money


def minor(text: str, currency: str, least: int = -MONEY_MOST) -> int:
    """An amount that was filled in, in minor units: 12050 of `120.50` in EUR.

    Raises:
        AmountWrongError: It is none or less than `least`, or has not the decimal places of its currency, or
            that is not said.
    """
    found = minor_units(text, currency)
    if found is None or not least <= found <= MONEY_MOST:
        raise AmountWrongError(text, written(12050, currency), currency)
    return found


def shown(amount: int | None, currency: str | None) -> str | None:
    """An amount in minor units as a page says it, `120.50 EUR`; None for none."""
    if amount is None:
        return None
    return money(amount, currency) if currency else written(amount, "")
