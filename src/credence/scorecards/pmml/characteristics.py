"""The characteristics of a PMML Scorecard as those of a definition."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from fractions import Fraction

from credence.scorecards.model import MISSING, RESULT_COLUMNS, Line
from credence.scorecards.pmml.cells import Asking, PmmlAttribute, gives, rows_of
from credence.scorecards.pmml.expressions import read_points
from credence.scorecards.pmml.fields import Fields, PmmlField
from credence.scorecards.pmml.predicates import NEVER, PREDICATES, read_predicate
from credence.scorecards.pmml.reading import Reading
from credence.scorecards.written.measures import Entries
from credence.xml_file import XmlElement

# More questions than this, of a value each, are no scorecard that people read.
QUESTIONS_MOST = 10_000_000
# Labels that our format gives itself, so that a value of the same text needs another.
TAKEN = (MISSING, "any", "any other")


@dataclass(frozen=True)
class Reasons:
    """What the Scorecard says of reasons: whether there are any, and the baseline where none is given."""

    used: bool
    baseline: bool


@dataclass
class Table:
    """The characteristics read so far, with their points to compare with and the codes they use."""

    characteristics: dict[str, Entries] = field(default_factory=dict)
    baseline: dict[str, Fraction] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    # Codes of people whom no attribute takes, with their sentences; told apart from reasons in the end.
    unscorable: dict[str, str] = field(default_factory=dict)


def snake(name: str, otherwise: str, taken: Collection[str]) -> str:
    """A lower_snake name made from another, and unlike those taken."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_") or otherwise
    plain = plain if plain.isidentifier() else f"{otherwise}_{plain}"
    number = 2
    made = plain
    while made in taken:
        made, number = f"{plain}_{number}", number + 1
    return made


def read_characteristics(card: XmlElement, fields: Fields, reasons: Reasons) -> Table:
    """Read every Characteristic."""
    table, reading = Table(), fields.reading
    holder = card.first("Characteristics")
    if holder is None or not holder.all("Characteristic"):
        reading.fault(holder or card, "There is no Characteristic.")
        return table
    reading.known(holder, "Characteristic")
    elements = holder.all("Characteristic")
    codes = {code for element in elements for code in _codes(element)}
    for element in elements:
        _read(element, fields, reasons, (table, codes))
    return table


def _codes(element: XmlElement) -> list[str]:
    return [e.attributes.get("reasonCode", "").strip() for e in (element, *element.all("Attribute"))]


def _read(element: XmlElement, fields: Fields, reasons: Reasons, whole: tuple[Table, set[str]]) -> None:
    table, codes = whole
    reading = fields.reading
    reading.known(element, "Attribute")
    title = " ".join(element.attributes.get("name", "").split())
    name = snake(title, "characteristic", {*table.characteristics, *RESULT_COLUMNS})
    read_ones = [_attribute(child, element, fields, reasons) for child in element.all("Attribute")]
    asked = _field(element, [found for _attribute, found in read_ones], reading)
    _baseline(element, name, reasons, (table, reading))
    if asked is None:
        table.characteristics[name] = {}
        return
    attributes = [attribute for attribute, _found in read_ones]
    asking = Asking(asked, attributes, snake(f"no_points_{name}", "no_points", codes))
    if len(asking.named()) * len(attributes) > QUESTIONS_MOST:
        reading.fault(element, f"There are {len(attributes):,} attributes of {len(asking.named()):,} values.")
        return
    rows, missing = _labelled(rows_of(asking)), gives(asking.at(None))
    _note_codes(table, [*rows, missing], f"The scorecard gives no points for this answer: {title or name}")
    question: Entries = {"question": title} if title and title != name else {}
    table.characteristics[name] = question | {
        "measure": asked.measure,
        "attributes": rows,
        "missing": missing,
    }


def _field(element: XmlElement, found: list[tuple[PmmlField, ...]], reading: Reading) -> PmmlField | None:
    """The one field that a characteristic looks at."""
    looked_at = list(dict.fromkeys(field for fields in found for field in fields))
    if len(looked_at) > 1:
        names = " and ".join(f"'{field.name}'" for field in looked_at)
        reading.fault(element, f"It looks at {names}: a characteristic looks at one field.")
    elif not looked_at and not reading.faults:
        reading.fault(element, "It looks at no field: add its points to initialScore.")
    return looked_at[0] if len(looked_at) == 1 else None


def _attribute(
    element: XmlElement, characteristic: XmlElement, fields: Fields, reasons: Reasons
) -> tuple[PmmlAttribute, tuple[PmmlField, ...]]:
    reading = fields.reading
    reading.known(element, "ComplexPartialScore", *PREDICATES)
    predicates = [child for child in element.children if child.tag in PREDICATES]
    if len(predicates) != 1:
        reading.fault(element, f"An Attribute has one predicate: {', '.join(PREDICATES)}.")
    read_ones = [read_predicate(child, fields) for child in predicates]
    complex_score = element.first("ComplexPartialScore")
    points: int | Line = 0
    looked_at: tuple[PmmlField, ...] = ()
    if complex_score is not None:
        points, looked_at = read_points(complex_score, fields)
    elif "partialScore" in element.attributes:
        points = reading.whole(element, "partialScore")
    else:
        reading.fault(element, "Its points are missing: give a partialScore or a ComplexPartialScore.")
    reason = _reason(element, characteristic, reading) if reasons.used else None
    found = (*(field for predicate in read_ones for field in predicate.fields), *looked_at)
    return PmmlAttribute(read_ones[0] if read_ones else NEVER, points, reason), found


def _reason(element: XmlElement, characteristic: XmlElement, reading: Reading) -> str | None:
    codes = [e.attributes.get("reasonCode", "").strip() for e in (element, characteristic)]
    code = next(filter(None, codes), None)
    if code is None:
        reading.fault(
            element,
            "Its reasonCode is missing, and its Characteristic has none either. "
            'Give one, or set useReasonCodes="false".',
        )
    return code


def _baseline(element: XmlElement, name: str, reasons: Reasons, whole: tuple[Table, Reading]) -> None:
    table, reading = whole
    if not reasons.used:
        return
    if "baselineScore" in element.attributes:
        table.baseline[name] = reading.factor(element, "baselineScore")
    elif not reasons.baseline:
        reading.fault(
            element,
            "Its baselineScore is missing, and the Scorecard has none either. "
            'Give one, or set useReasonCodes="false".',
        )


def _note_codes(table: Table, rows: list[Entries], sentence: str) -> None:
    for row in rows:
        if "reason" in row:
            code = str(row["reason"])
            table.reasons.setdefault(code, code)
        if "unscorable" in row:
            table.unscorable[str(row["unscorable"])] = sentence


def _labelled(rows: list[Entries]) -> list[Entries]:
    """Rows whose own label would be taken get another: labels name rows in results."""
    taken = set(TAKEN)
    labelled: list[Entries] = []
    for row in rows:
        values = row.get("in", [row["equals"]] if "equals" in row else [])
        assert isinstance(values, list), "values stand in a list"
        label = ", ".join(value for value in values if isinstance(value, str))
        given = label
        while given in taken:
            given = f"value {given}"
        taken |= {given} - {""}
        labelled.append(row | ({"label": given} if given != label else {}))
    return labelled
