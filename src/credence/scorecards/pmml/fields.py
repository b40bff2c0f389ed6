"""The fields of a PMML file: which values are missing or invalid, and what then becomes of them."""

from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction

from credence.characteristics.aggregates import Column, Derived
from credence.errors import nearest
from credence.scorecards.pmml.derived import read_derived
from credence.scorecards.pmml.reading import Reading
from credence.scorecards.written.measures import Entries, made_of
from credence.xml_file import XmlElement


class Special(Enum):
    """What an answer can be besides a value."""

    INVALID = "invalid"


# None is the missing answer.
Value = str | Fraction | None
NUMBERS = ("integer", "float", "double")
TYPES = (*NUMBERS, "string")
INVALID_TREATMENTS = ("returnInvalid", "asIs", "asMissing", "asValue")
MISSING_TREATMENTS = ("asIs", "asMean", "asMode", "asMedian", "asValue", "returnInvalid")
OUTLIERS = ("asIs", "asMissingValues", "asExtremeValues")
CLOSURES = ("openOpen", "openClosed", "closedOpen", "closedClosed")
PROPERTIES = ("valid", "invalid", "missing")
COMPUTED = (
    "is computed, and read here are only another name of a field (a FieldRef alone), and of doubles as they "
    "come max, min, avg, and a quotient that is asked for where the divisor is not 0 "
    "(docs/reference/pmml.md shows it)."
)


@dataclass(frozen=True)
class Interval:
    """Numbers between two margins, each perhaps among them."""

    low: Fraction | None
    high: Fraction | None
    closure: str

    def holds(self, value: Fraction) -> bool:
        """Whether a number is in it."""
        above = (
            self.low is None or value > self.low or (value == self.low and self.closure.startswith("closed"))
        )
        below = (
            self.high is None or value < self.high or (value == self.high and self.closure.endswith("Closed"))
        )
        return above and below


@dataclass(frozen=True)
class PmmlField:
    """A field, with what its DataField and its MiningField say of missing, invalid and outlying values.

    One that is made of others has nothing of its own said; they are as they come.
    """

    name: str
    type: str
    ordered: bool = True
    valid: frozenset[Value] = frozenset()
    barred: frozenset[Value] = frozenset()
    missing: frozenset[Value] = frozenset()
    intervals: tuple[Interval, ...] = ()
    invalid: str = "returnInvalid"
    invalid_as: Value = None
    missing_as: Value = None
    missing_invalid: bool = False
    outliers: str = "asIs"
    low: Fraction | None = None
    high: Fraction | None = None
    made: Derived | None = None

    @property
    def plain(self) -> bool:
        """Whether it is a number as it comes, of which others can be made."""
        return self == PmmlField(self.name, "double")

    @property
    def measure(self) -> Entries:
        """The measure that it stands for."""
        if self.made is not None:
            return made_of(self.made, None)
        kind: Entries = {"type": "text"} if self.text else {}
        return {"column": self.name, **kind}

    @property
    def text(self) -> bool:
        """Whether its values are texts."""
        return self.type == "string"

    def named(self) -> set[Value]:
        """Every value at which something can change."""
        margins = {edge for interval in self.intervals for edge in (interval.low, interval.high)}
        listed = self.valid | self.barred | self.missing
        return (margins | listed | {self.low, self.high, self.invalid_as, self.missing_as}) - {None}

    def treated(self, value: Value) -> Value | Special:
        """What the model sees in place of an answer."""
        if value in self.missing:
            value = None
        if value is not None and not self._valid(value):
            if self.invalid == "returnInvalid":
                return Special.INVALID
            value = {"asIs": value, "asMissing": None, "asValue": self.invalid_as}[self.invalid]
        elif isinstance(value, Fraction):
            value = self._inside(value)
        if value is None:
            return Special.INVALID if self.missing_invalid else self.missing_as
        return value

    def _valid(self, value: Value) -> bool:
        if value in self.barred:
            return False
        inside = isinstance(value, Fraction) and any(interval.holds(value) for interval in self.intervals)
        return value in self.valid or inside or not (self.valid or self.intervals)

    def _inside(self, value: Fraction) -> Fraction | None:
        low, high = self.low, self.high
        nearest_inside = max(value, low) if low is not None else value
        nearest_inside = min(nearest_inside, high) if high is not None else nearest_inside
        if self.outliers == "asIs" or nearest_inside == value:
            return value
        return None if self.outliers == "asMissingValues" else nearest_inside


@dataclass
class Fields:
    """The fields that a scorecard may look at, read when they are first asked for."""

    reading: Reading
    data: dict[str, XmlElement]
    mining: dict[str, XmlElement]
    derived: dict[str, XmlElement]
    _read: dict[str, PmmlField | None] = field(default_factory=dict)

    def field(self, element: XmlElement, name: str) -> PmmlField | None:
        """The field that an element names; None, and a fault, where there is none."""
        name = self._followed(name)
        if name not in self._read:
            self._read[name] = None
            self._read[name] = self._made(name) if name in self.derived else self._field(element, name)
        return self._read[name]

    def _followed(self, name: str) -> str:
        """The field of which a derived one is another name; itself where it is computed."""
        seen: list[str] = []
        while (reference := self._other_name(name)) is not None:
            if name in seen:
                self.reading.fault(self.derived[name], f"'{name}' is another name of itself.")
                return name
            seen.append(name)
            name = reference.attributes.get("field", "")
        return name

    def _other_name(self, name: str) -> XmlElement | None:
        """The FieldRef of a derived field that is nothing but another name."""
        alone = self._inside(name)
        plain = alone is not None and alone.tag == "FieldRef" and "mapMissingTo" not in alone.attributes
        return alone if plain else None

    def _inside(self, name: str) -> XmlElement | None:
        """The one expression of a derived field."""
        inner = (
            [c for c in self.derived[name].children if c.tag != "Extension"] if name in self.derived else []
        )
        return inner[0] if len(inner) == 1 else None

    def _made(self, name: str) -> PmmlField | None:
        """A number made of others, which must be fields as they are."""
        if self._other_name(name) is not None:
            return None
        element, expression = self.derived[name], self._inside(name)
        made = None if expression is None else read_derived(element, expression)
        parts = [self.field(element, column.name) for column in made.columns] if made else []
        columns = tuple(Column(part.name, text=False) for part in parts if part is not None and part.plain)
        if made is None or len(columns) < len(parts):
            self.reading.fault(element, f"'{name}' {COMPUTED}")
            return None
        return PmmlField(name, "double", made=replace(made, columns=columns))

    def _field(self, element: XmlElement, name: str) -> PmmlField | None:
        for place, known in (("DataDictionary", self.data), ("MiningSchema", self.mining)):
            if name not in known:
                close = nearest(name, list(known))
                self.reading.fault(element, f"The field '{name}' is not in the {place}.{close}")
                return None
        usage = self.mining[name].attributes.get("usageType", "active")
        if usage != "active":
            self.reading.fault(element, f"The field '{name}' is not active: its usageType is '{usage}'.")
        return self._told(self.data[name], self.mining[name], name)

    def _told(self, data: XmlElement, mining: XmlElement, name: str) -> PmmlField | None:
        kind = data.attributes.get("dataType", "")
        if kind not in TYPES:
            self.reading.fault(
                data, f"dataType is '{kind}', and a column is a number or a text: {', '.join(TYPES)}."
            )
            return None
        optype = mining.attributes.get("optype", data.attributes.get("optype", "continuous"))
        return PmmlField(
            name,
            kind,
            ordered=kind != "string" and not (optype == "ordinal" and data.all("Value")),
            valid=self._values(data, "valid", kind),
            barred=self._values(data, "invalid", kind),
            missing=self._values(data, "missing", kind),
            intervals=tuple(self._interval(child) for child in data.all("Interval")),
            **self._treatment(mining, kind),  # type: ignore[arg-type]
        )

    def _values(self, data: XmlElement, word: str, kind: str) -> frozenset[Value]:
        named = [
            v for v in data.all("Value") if self.reading.choice(v, "property", PROPERTIES, "valid") == word
        ]
        return frozenset(self.value(v, v.attributes.get("value", ""), kind) for v in named)

    def value(self, element: XmlElement, text: str, kind: str) -> Value:
        """A value of a field, as its type has it."""
        if kind != "string":
            return self.reading.double(element, text)
        if not text.strip():
            self.reading.fault(element, "An empty text is no value that a column could be compared with.")
        return text

    def _interval(self, element: XmlElement) -> Interval:
        low, high = (self._number(element, name) for name in ("leftMargin", "rightMargin"))
        return Interval(low, high, self.reading.choice(element, "closure", CLOSURES, CLOSURES[0]))

    def _number(self, element: XmlElement, name: str) -> Fraction | None:
        text = element.attributes.get(name)
        return None if text is None else self.reading.double(element, text)

    def _treatment(self, mining: XmlElement, kind: str) -> dict[str, object]:
        reading, given = self.reading, mining.attributes
        replaced = {
            key: self.value(mining, given[name], kind) if name in given else None
            for key, name in (
                ("invalid_as", "invalidValueReplacement"),
                ("missing_as", "missingValueReplacement"),
            )
        }
        invalid = reading.choice(mining, "invalidValueTreatment", INVALID_TREATMENTS, INVALID_TREATMENTS[0])
        missing = reading.choice(mining, "missingValueTreatment", MISSING_TREATMENTS, "asIs")
        if invalid == "asValue" and replaced["invalid_as"] is None:
            reading.fault(mining, "'asValue' needs an invalidValueReplacement.")
        return replaced | {
            "invalid": invalid,
            "missing_invalid": missing == "returnInvalid",
            "outliers": reading.choice(mining, "outliers", OUTLIERS, OUTLIERS[0]),
            "low": self._number(mining, "lowValue"),
            "high": self._number(mining, "highValue"),
        }
