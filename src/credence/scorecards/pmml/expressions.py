"""Complex partial scores: expressions that come to times x answer + plus, rounded to whole points."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn

from credence.errors import nearest
from credence.scorecards.lines import DECIMALS_MOST, ROUNDINGS, points_at, said
from credence.scorecards.model import POINTS_MOST, Line
from credence.scorecards.pmml.fields import Fields, PmmlField
from credence.xml_file import XmlElement

EXPRESSIONS = ("FieldRef", "Constant", "Apply")
ROUNDED = {"floor": "floor", "ceil": "ceiling", "round": "half_up"}
LIMITS = ("min", "max")
ARITHMETIC = ("+", "-", "*", "/")
FUNCTIONS = (*ARITHMETIC, *ROUNDED, *LIMITS)
PAIR = 2


class UnreadableError(Exception):
    """An expression that is not read; the fault is noted already."""


@dataclass(frozen=True)
class Curve:
    """times x answer + plus, then rounded if a rounding is named, then kept within limits."""

    times: Fraction
    plus: Fraction
    rounding: str | None = None
    least: int | None = None
    most: int | None = None

    @property
    def plain(self) -> bool:
        """Whether it is neither rounded nor limited, so that one can calculate with it."""
        return self.rounding is None and self.least is None and self.most is None


@dataclass
class Expression:
    """The reading of one expression: the curve it comes to, and the fields it looks at."""

    fields: Fields
    looked_at: tuple[PmmlField, ...] = ()

    def read(self, element: XmlElement) -> Curve:
        """The curve that an expression comes to.

        Raises:
            UnreadableError: It comes to none; the fault is noted.
        """
        if element.tag == "Constant":
            return Curve(Fraction(0), self.constant(element))
        if element.tag == "FieldRef":
            return self.reference(element)
        if element.tag == "Apply":
            return self.applied(element)
        return self.refuse(element, f"'{element.tag}' is not read here: {', '.join(EXPRESSIONS)} are.")

    def refuse(self, element: XmlElement, sentence: str) -> NoReturn:
        """Note why an expression is not read.

        Raises:
            UnreadableError: Always.
        """
        self.fields.reading.fault(element, sentence)
        raise UnreadableError

    def constant(self, element: XmlElement) -> Fraction:
        """The number of a Constant."""
        if element.attributes.get("missing", "false") != "false":
            self.refuse(element, "A missing constant makes every result invalid.")
        number = self.fields.reading.exact(element, element.text)
        if number is None:
            raise UnreadableError
        return number

    def reference(self, element: XmlElement) -> Curve:
        """The answer itself."""
        self.no_replacement(element)
        name = self.fields.reading.named(element, "field")
        field = self.fields.field(element, name) if name else None
        if field is None:
            raise UnreadableError
        if field.text:
            self.refuse(element, f"'{field.name}' is a text: points follow numbers.")
        self.looked_at = tuple(dict.fromkeys((*self.looked_at, field)))
        return Curve(Fraction(1), Fraction(0))

    def no_replacement(self, element: XmlElement) -> None:
        """Values put in place of missing ones are not read: the card's own isMissing attribute says it."""
        for name in ("mapMissingTo", "defaultValue"):
            if name in element.attributes:
                self.refuse(element, f"'{name}' is not read: give an attribute for isMissing its own points.")

    def applied(self, element: XmlElement) -> Curve:
        """A function of one curve, or of two."""
        self.no_replacement(element)
        name = self.fields.reading.named(element, "function") or ""
        if name not in FUNCTIONS:
            close = nearest(name, list(FUNCTIONS))
            self.refuse(
                element,
                f"The function '{name}' is not read: {', '.join(FUNCTIONS)} are, of one field.{close}",
            )
        parts = [child for child in element.children if child.tag != "Extension"]
        if len(parts) != (1 if name in ROUNDED else PAIR):
            self.refuse(element, f"'{name}' has {len(parts)} operands.")
        if name == "floor" and (inner := _half_up(parts[0])) is not None:
            return self.rounded(element, self.read(inner), "half_up")
        curves = [self.read(part) for part in parts]
        if name in ROUNDED:
            return self.rounded(element, curves[0], ROUNDED[name])
        return self.limited(element, name, curves) if name in LIMITS else self.sum(element, name, curves)

    def rounded(self, element: XmlElement, curve: Curve, rounding: str) -> Curve:
        """A curve rounded to whole points."""
        if curve.rounding is not None:
            self.refuse(element, "This is rounded already.")
        return replace(curve, rounding=rounding)

    def limited(self, element: XmlElement, name: str, curves: list[Curve]) -> Curve:
        """A curve kept at or over a whole number (max), or at or under one (min)."""
        constants = [curve for curve in curves if curve.times == 0 and curve.plain]
        if len(constants) != 1 or constants[0].plus.denominator != 1:
            self.refuse(element, f"'{name}' is read of the points and one whole number.")
        limit = int(constants[0].plus)
        curve = next(curve for curve in curves if curve is not constants[0])
        least, most = curve.least, curve.most
        if name == "max":
            least = limit if least is None else max(limit, least)
        else:
            most = limit if most is None else min(limit, most)
        if least is not None and most is not None and least > most:
            self.refuse(element, f"No points are at least {least} and at most {most}.")
        return replace(curve, least=least, most=most)

    def sum(self, element: XmlElement, name: str, curves: list[Curve]) -> Curve:
        """The sum, difference, product or quotient of two curves, where that is a line again."""
        left, right = curves
        if not (left.plain and right.plain):
            self.refuse(element, f"'{name}' of rounded points: round the whole expression instead.")
        if name in {"+", "-"}:
            sign = 1 if name == "+" else -1
            return Curve(left.times + sign * right.times, left.plus + sign * right.plus)
        if name == "/" and (right.times != 0 or right.plus == 0):
            self.refuse(element, "Points divided by an answer, or by zero, are no line: they are not read.")
        if name == "*" and left.times != 0 and right.times != 0:
            self.refuse(element, "An answer times an answer is no line: it is not read.")
        line, factor = (left, 1 / right.plus) if name == "/" else _factored(left, right)
        return Curve(line.times * factor, line.plus * factor)


def _factored(left: Curve, right: Curve) -> tuple[Curve, Fraction]:
    return (left, right.plus) if right.times == 0 else (right, left.plus)


def _half_up(element: XmlElement) -> XmlElement | None:
    """What is rounded half up where an expression adds a half to it, before it is rounded down."""
    parts = [child for child in element.children if child.tag != "Extension"]
    added = element.tag == "Apply" and element.attributes.get("function") == "+" and len(parts) == PAIR
    half = added and parts[1].tag == "Constant" and parts[1].text == "0.5"
    return parts[0] if half else None


def read_points(element: XmlElement, fields: Fields) -> tuple[int | Line, tuple[PmmlField, ...]]:
    """Read a ComplexPartialScore: its points (none, and a fault, if unreadable) and the fields looked at."""
    expression, reading = Expression(fields), fields.reading
    parts = [child for child in element.children if child.tag != "Extension"]
    if len(parts) != 1:
        reading.fault(element, "A ComplexPartialScore holds one expression.")
        return 0, ()
    try:
        curve = expression.read(parts[0])
    except UnreadableError:
        return 0, expression.looked_at
    return _points(element, curve, expression), expression.looked_at


def _points(element: XmlElement, curve: Curve, expression: Expression) -> int | Line:
    reading = expression.fields.reading
    rounding = curve.rounding or _declared(element, expression) or _needless(curve, expression.looked_at)
    if rounding is None:
        reading.fault(
            element,
            "These points can be fractions, and points are whole numbers. "
            f"Say how they are rounded with --rounding: {', '.join(ROUNDINGS)}.",
        )
        rounding = ROUNDINGS[0]
    line = Line(curve.times, curve.plus, rounding, curve.least, curve.most)
    if line.times == 0:
        return points_at(line, Fraction(0))
    for name, number in (("times", line.times), ("plus", line.plus)):
        if abs(number) > POINTS_MOST or DECIMALS_MOST % number.denominator:
            reading.fault(
                element,
                f"The points are {said(line.times)} x answer + {said(line.plus)}; '{name}' must lie within "
                "a million of zero and have at most six decimals.",
            )
    return line


def _declared(element: XmlElement, expression: Expression) -> str | None:
    """The rounding that an Extension of ours declares, or else the one that was asked for."""
    for extension in element.all("Extension"):
        if extension.attributes.get("name") == "rounding":
            return expression.fields.reading.choice(extension, "value", ROUNDINGS, ROUNDINGS[0])
    return expression.fields.reading.rounding


def _needless(curve: Curve, looked_at: tuple[PmmlField, ...]) -> str | None:
    """A rounding where it does not matter which: whole factors of whole answers."""
    whole = curve.times.denominator == curve.plus.denominator == 1
    return ROUNDINGS[0] if whole and all(field.type == "integer" for field in looked_at) else None
