"""How values look on pages: days, points, money; filters of the templates."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def day(value: date | datetime | str, language: str = "en") -> str:
    """A day in words: 6 November 2026, or 2026年11月6日."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date, language: str = "en") -> str:
    """A month as charts have it: Nov, or 11月."""
    return f"{value.month}月" if language == "zh" else MONTHS[value.month - 1][:3]


def brief(value: date, language: str = "en") -> str:
    """A day where there is little room: 6 Nov 2026, or 2026年11月6日."""
    return day(value, language) if language == "zh" else f"{value.day} {month(value)} {value.year}"


def moment(value: datetime, language: str = "en") -> str:
    """A day in words and the time, in UTC."""
    return f"{day(value, language)}, {value:%H:%M} UTC"


def signed(value: float) -> str:
    """A number with its sign, as print has it: the sign for minus is no hyphen; nothing for 0."""
    return f"{value:+,}".replace("-", "\N{MINUS SIGN}") if value else "0"


def thousands(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


FILTERS: Mapping[str, Callable[..., str]] = {
    "day": day, "brief": brief, "moment": moment, "month": month, "signed": signed, "thousands": thousands,
}  # fmt: skip
