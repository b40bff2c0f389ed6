"""What the reading of a PMML file knows as it goes: its faults, and attributes of elements as values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from credence.errors import Fault, nearest
from credence.scorecards.lines import DECIMALS_MOST, said
from credence.scorecards.model import POINTS_MOST
from credence.xml_file import XmlElement
from credence.yaml_file import NUMBER_LENGTH_MOST, NUMBER_MOST

NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")


@dataclass
class Reading:
    """The faults found so far, and the rounding that was declared for points that PMML does not round."""

    rounding: str | None = None
    faults: list[Fault] = field(default_factory=list)

    def fault(self, element: XmlElement, sentence: str) -> None:
        """Note that something is wrong with an element."""
        self.faults.append(element.fault(sentence))

    def named(self, element: XmlElement, name: str) -> str | None:
        """An attribute that must be there and say something."""
        text = element.attributes.get(name, "").strip()
        if not text:
            self.fault(element, f"'{name}' is missing.")
        return text or None

    def choice(self, element: XmlElement, name: str, allowed: Iterable[str], default: str) -> str:
        """An attribute that is one of some words."""
        word, allowed = element.attributes.get(name, default), list(allowed)
        if word in allowed:
            return word
        known = ", ".join(allowed)
        self.fault(element, f"{name} is '{word}', which is not one of: {known}.{nearest(word, allowed)}")
        return default

    def flag(self, element: XmlElement, name: str, *, default: bool) -> bool:
        """An attribute that is true or false."""
        words = {"true": True, "1": True, "false": False, "0": False}
        return words[self.choice(element, name, words, str(default).lower())]

    def exact(self, element: XmlElement, text: str) -> Fraction | None:
        """A number, exactly as it is written."""
        text = text.strip()
        if not NUMBER.fullmatch(text) or len(text) > NUMBER_LENGTH_MOST:
            self.fault(element, f"'{text}' is not a number.")
            return None
        number = Fraction(Decimal(text))
        if abs(number) > NUMBER_MOST or number.denominator > NUMBER_MOST:
            self.fault(element, f"'{text}' is a number of more than 18 digits.")
            return None
        return number

    def double(self, element: XmlElement, text: str) -> Fraction | None:
        """A number that answers are compared with: the double it stands for, as every evaluator has it."""
        number = self.exact(element, text)
        return None if number is None else Fraction(repr(float(number)))

    def whole(self, element: XmlElement, name: str) -> int:
        """An attribute that is a whole number of points; zero, and a fault, where it is something else."""
        number = self.exact(element, element.attributes.get(name, "0"))
        if number is None:
            return 0
        if number.denominator != 1:
            self.fault(
                element, f"{name} is {said(number)}: points are whole numbers. Scale the card, or round it."
            )
        if abs(number) > POINTS_MOST:
            self.fault(element, f"{name} is {said(number)}: at most a million points are given.")
        return int(number)

    def factor(self, element: XmlElement, name: str) -> Fraction:
        """An attribute that is a number of points to compare with, whole or not."""
        number = self.exact(element, element.attributes.get(name, "0")) or Fraction(0)
        if abs(number) > POINTS_MOST or DECIMALS_MOST % number.denominator:
            sentence = f"{name} is {said(number)}: at most a million, and six decimals, are compared with."
            self.fault(element, sentence)
        return number

    def known(self, element: XmlElement, *tags: str) -> None:
        """Note children of names that are not among these."""
        for child in element.children:
            if child.tag not in {*tags, "Extension"}:
                where = f"{element.tag} can hold: {', '.join(tags)}"
                self.fault(child, f"'{child.tag}' is not read here. {where}.{nearest(child.tag, list(tags))}")
