"""When rows were observed: dates, or numbers like 201305, in their order and in periods."""

import re
from dataclasses import dataclass

import numpy as np

from credence.scoring.words import counted
from credence.training.arrays import Codes
from credence.training.columns import Column

# Dates as texts: a day or a month, and a time of day that does not matter.
DATE = re.compile(r"(\d{4}-(0[1-9]|1[0-2])(-\d{2})?)([ T].*)?")
# Numbers that are years and months, or days.
MONTH, DAY = re.compile(r"(\d{4})(0[1-9]|1[0-2])"), re.compile(r"(\d{4})(0[1-9]|1[0-2])(\d{2})")
# More periods than this are not read; fewer rows in one tell little.
PERIODS_MOST = 12
WITHOUT = "'{}' is empty in {}, to be taken out for want of a time."
NO_TIME = "'{}' has '{}', which is neither a date like 2013-05-31 nor a number like 201305."
ONE_TIME = "'{}' is {} in every row, so no later rows can be held out."


@dataclass(frozen=True)
class Times:
    """When each row was observed.

    Attributes:
        labels: The different times, in their order: days, months, or numbers.
        places: Which of them each row has.
    """

    labels: tuple[str, ...]
    places: Codes

    def first_from(self, time: str) -> int:
        """The place of the first time that is not before one; the number of all where there is none."""
        numbers = [_number(label) for label in self.labels]
        asked = _number(time)
        if asked is not None and None not in numbers:
            return sum(number is not None and number < asked for number in numbers)
        wanted = time if asked is None else _numbers([asked])[0]
        return sum(label < wanted for label in self.labels)

    def periods(self) -> "Times":
        """The same by month, quarter or year, or by as many rows where they are no dates."""
        for wide in (_month, _quarter, _year):
            labels = list(dict.fromkeys(map(wide, self.labels)))
            if None not in labels and len(labels) <= PERIODS_MOST:
                return self._by([labels.index(wide(label)) for label in self.labels], labels)
        if len(self.labels) <= PERIODS_MOST:
            return self
        counts = np.bincount(self.places, minlength=len(self.labels))
        middles = np.cumsum(counts) - counts / 2
        parts = np.floor(middles * PERIODS_MOST / counts.sum())
        _, which = np.unique(parts, return_inverse=True)
        ends = [np.flatnonzero(which == part)[[0, -1]].tolist() for part in range(int(which.max()) + 1)]
        return self._by(which.tolist(), [_between(self.labels[a], self.labels[b]) for a, b in ends])

    def _by(self, which: list[int], labels: list[str | None]) -> "Times":
        return Times(tuple(str(label) for label in labels), np.array(which, dtype=np.intp)[self.places])


def _month(label: str) -> str | None:
    return label[:7] if DATE.fullmatch(label) else None


def _quarter(label: str) -> str | None:
    return f"{label[:4]} Q{(int(label[5:7]) + 2) // 3}" if DATE.fullmatch(label) else None


def _year(label: str) -> str | None:
    return label[:4] if DATE.fullmatch(label) else None


def _number(label: str) -> float | None:
    try:
        return float(label)
    except ValueError:
        return None


def _between(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def times_of(column: Column) -> tuple[Times, list[str]]:
    """The times of a column, and what is wrong with them."""
    known, places = column.numbered()
    said = _numbers(known) if column.texts is None else [_date(str(value)) for value in known]
    faults = []
    if empty := int((places < 0).sum()):
        faults.append(WITHOUT.format(column.name, counted(empty, "row")))
    if odd := [value for value, label in zip(known, said, strict=True) if not label]:
        faults.append(NO_TIME.format(column.name, odd[0]))
    if not faults and len(set(said)) == 1:
        faults.append(ONE_TIME.format(column.name, said[0]))
    numbers = {label: number for number, label in enumerate(dict.fromkeys(said))}
    where = np.array([numbers[label] for label in said] or [0], dtype=np.intp)
    return Times(tuple(numbers), where[places]), faults


def _date(text: str) -> str:
    """The day or month of a text; nothing where it has none."""
    found = DATE.fullmatch(text)
    return found.group(1) if found else ""


def _numbers(known: list[float] | list[str]) -> list[str]:
    """Numbers as they are shown; where all are years and months, or days, as those."""
    texts = [f"{float(value):.12g}" for value in known]
    parts = [MONTH.fullmatch(text) or DAY.fullmatch(text) for text in texts]
    if all(parts):
        return ["-".join(part for part in found.groups() if part) for found in parts if found]
    return texts
