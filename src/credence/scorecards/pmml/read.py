"""Reading PMML: a Scorecard model as the YAML text of a definition, with all faults of the file at once."""

import re
from pathlib import Path

from credence.errors import DefinitionError
from credence.events.vocabulary import Vocabulary
from credence.scorecards.load import load_text
from credence.scorecards.pmml import embedded
from credence.scorecards.pmml.characteristics import Reasons, Table, read_characteristics, snake
from credence.scorecards.pmml.fields import Fields
from credence.scorecards.pmml.reading import Reading
from credence.scorecards.reasons import REASONS_MOST
from credence.scorecards.written import yaml_text
from credence.scorecards.written.measures import Entries
from credence.xml_file import XmlElement, read_xml

AROUND = ("Header", "MiningBuildTask", "DataDictionary", "TransformationDictionary")
INSIDE = (
    "MiningSchema", "Output", "ModelStats", "ModelExplanation", "Targets", "LocalTransformations",
    "Characteristics", "ModelVerification",
)  # fmt: skip
ALGORITHMS = {"pointsBelow": "below", "pointsAbove": "above"}
METHODS = ("max", "min", "mean", "neutral", "other")
# What a Target may do to a score, and the numbers with which it does nothing.
TARGETS = {"rescaleConstant": 0, "rescaleFactor": 1, "castInteger": None, "min": None, "max": None}


def read_pmml(path: Path, rounding: str | None = None, vocabulary: Vocabulary | None = None) -> str:
    """The YAML text of the scorecard in a PMML file.

    A file that Credence wrote comes back as the definition it was written from, if nobody edited it.

    Args:
        path: The PMML file.
        rounding: How points are rounded that can be fractions: floor, ceiling or half_up.
        vocabulary: The kinds that a definition written by Credence may name.

    Raises:
        SourceNotFoundError: There is no such file.
        DefinitionError: The file is not PMML that can be read exactly; all faults are told.
    """
    root = read_xml(path)
    reading = Reading(rounding)
    card = _scorecard(root, reading)
    text = None if card is None else embedded.text_in(card)
    if card is not None and text is not None:
        reading.faults += embedded.differences(root, load_text(text, f"{path}, as YAML,", vocabulary))
    elif card is not None:
        text = yaml_text(_definition(root, card, reading))
    if reading.faults or text is None:
        raise DefinitionError(str(path), reading.faults)
    load_text(text, f"{path}, as YAML,", vocabulary)
    return text


def _scorecard(root: XmlElement, reading: Reading) -> XmlElement | None:
    """The only model of the file, which must be a Scorecard."""
    if root.tag != "PMML":
        reading.fault(root, f"'{root.tag}' is not PMML.")
        return None
    models = [child for child in root.children if child.tag not in {*AROUND, "Extension"}]
    for child in models:
        if child.tag != "Scorecard":
            reading.fault(child, f"'{child.tag}' is not read: of all models a Scorecard is a sum of points.")
    if len(models) != 1:
        reading.fault(root, f"The file has {len(models)} models, and one Scorecard is read.")
    return models[0] if len(models) == 1 and not reading.faults else None


def _definition(root: XmlElement, card: XmlElement, reading: Reading) -> Entries:
    reading.known(card, *INSIDE)
    reading.choice(card, "functionName", ("regression",), "regression")
    if not reading.flag(card, "isScorable", default=True):
        reading.fault(card, "isScorable is false: the file itself says that it is not for scoring.")
    _check_targets(card, reading)
    _check_output(card, reading)
    data, mining, derived = (_named(root, card, place) for place in ("data", "mining", "derived"))
    fields = Fields(reading, data, mining, derived)
    reasons = Reasons(
        reading.flag(card, "useReasonCodes", default=True), baseline="baselineScore" in card.attributes
    )
    table = read_characteristics(card, fields, reasons)
    title = " ".join(card.attributes.get("modelName", "").split())
    return {
        "name": snake(title, "scorecard", ()),
        "version": _version(root),
        "title": title or "A scorecard from PMML",
        "setting": "lab",
        "points_base": reading.whole(card, "initialScore"),
        **_reasons(card, table, reasons, reading),
        "characteristics": table.characteristics,
    }


def _version(root: XmlElement) -> int:
    """The version that the Header says, if it is a whole number from 1; else the first."""
    header = root.first("Header")
    said = "" if header is None else header.attributes.get("modelVersion", "")
    return int(said) if re.fullmatch("[1-9][0-9]{0,8}", said) else 1


def _named(root: XmlElement, card: XmlElement, place: str) -> dict[str, XmlElement]:
    """The elements that say what a name means: DataFields, MiningFields, DerivedFields."""
    holders = {
        "data": [(root.first("DataDictionary"), "DataField")],
        "mining": [(card.first("MiningSchema"), "MiningField")],
        "derived": [
            (root.first("TransformationDictionary"), "DerivedField"),
            (card.first("LocalTransformations"), "DerivedField"),
        ],
    }[place]
    found = [child for holder, tag in holders if holder is not None for child in holder.all(tag)]
    return {child.attributes.get("name", ""): child for child in found}


def _reasons(card: XmlElement, table: Table, reasons: Reasons, reading: Reading) -> Entries:
    codes: Entries = (
        {"reasons": table.reasons | table.unscorable} if table.reasons or table.unscorable else {}
    )
    if not reasons.used:
        return codes
    side = ALGORITHMS[reading.choice(card, "reasonCodeAlgorithm", ALGORITHMS, "pointsBelow")]
    method = reading.choice(card, "baselineMethod", METHODS, "other")
    common = reading.factor(card, "baselineScore")
    points = {name: table.baseline.get(name, common) for name in table.characteristics}
    above: Entries = {"reason_points": side} if side != "below" else {}
    return codes | above | {"baseline": {"method": method, "points": points}}


def _check_targets(card: XmlElement, reading: Reading) -> None:
    targets = card.first("Targets")
    for target in [] if targets is None else targets.all("Target"):
        for name, nothing in TARGETS.items():
            value = target.attributes.get(name)
            if value is not None and (nothing is None or reading.exact(target, value) != nothing):
                reading.fault(target, f"{name} changes the sum of points: put it into the points themselves.")


def _check_output(card: XmlElement, reading: Reading) -> None:
    """Only the score and the four reasons come out; whatever else a file puts out would be lost silently."""
    output = card.first("Output")
    for field in [] if output is None else output.all("OutputField"):
        feature = field.attributes.get("feature", "predictedValue")
        rank = field.attributes.get("rank", "1")
        if feature not in {"predictedValue", "reasonCode"}:
            reading.fault(
                field, f"The output '{feature}' is not read: the score and its reasons are. Take it out."
            )
        elif feature == "reasonCode" and rank not in map(str, range(1, REASONS_MOST + 1)):
            reading.fault(
                field, f"rank is '{rank}', and at most {REASONS_MOST} reasons are told. Take it out."
            )
