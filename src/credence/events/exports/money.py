"""Amounts as exports write them, as whole minor units of their currency."""

import re
from decimal import Decimal

# ISO 4217: the currencies that have other than two decimal places.
EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"), 0
    ),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
USUAL_EXPONENT = 2
CURRENCY = re.compile(r"[A-Z]{3}")
SIGNS = re.compile(r"[¥￥\s\u00a0\u202f]")
# One point or comma is a decimal sign; where both stand, the last is, if the other groups thousands.
PLAIN = re.compile(r"[-+]?([0-9]+([.][0-9]*|,(?![0-9]{3}$)[0-9]*)?|[.,][0-9]+)")
GROUPED = re.compile(r"[-+]?([0-9]{1,3}(,[0-9]{3})+[.][0-9]+|[0-9]{1,3}([.][0-9]{3})+,[0-9]+)")
DIGITS_MOST = 24


def exponent(currency: str) -> int:
    """How many decimal places a currency has."""
    return EXPONENTS.get(currency, USUAL_EXPONENT)


def minor_units(text: str, currency: str) -> int | None:
    """The amount in whole minor units (cents, fen), signed; None where it is not certain.

    Not certain are `1,234`, which may be one or a thousand, and more decimal places than the currency has.
    """
    amount = SIGNS.sub("", text)
    if not CURRENCY.fullmatch(currency) or len(amount) > DIGITS_MOST:
        return None
    if GROUPED.fullmatch(amount):
        point = amount[max(amount.rfind("."), amount.rfind(","))]
        amount = amount.replace("." if point == "," else ",", "")
    elif not PLAIN.fullmatch(amount):
        return None
    shifted = Decimal(amount.replace(",", ".")).scaleb(exponent(currency))
    return int(shifted) if shifted == shifted.to_integral_value() else None


def written(minor: int, currency: str) -> str:
    """An amount in minor units as people write it: `-12.50`."""
    return f"{Decimal(minor).scaleb(-exponent(currency)):f}"
