"""A scorecard as a tree of PMML elements: what any reader of PMML can score with."""

from fractions import Fraction

from credence.characteristics.aggregates import Answer, Column, Derived, Quotient, columns_in, is_text
from credence.errors import PmmlError
from credence.scorecards import reasons
from credence.scorecards.lines import said
from credence.scorecards.model import Characteristic, Scorecard
from credence.scorecards.pmml.attributes import NO_REASON, Codes, attributes_of
from credence.scorecards.pmml.derived import derived_field
from credence.scorecards.pmml.elements import element
from credence.xml_file import XmlElement

# How the score and its reasons are called when they come out.
SCORE, REASON = "score", "reason_{rank}"


def tree(scorecard: Scorecard, *inside: XmlElement) -> XmlElement:
    """The whole document; `inside` stands first in the Scorecard.

    Raises:
        PmmlError: The scorecard has something that PMML cannot say.
    """
    fields = field_names(scorecard)
    header = {"description": scorecard.title, "modelVersion": scorecard.version}
    return element(
        "PMML",
        {"version": "4.4"},
        element("Header", header, element("Application", {"name": "Credence"})),
        _dictionary(_inputs(scorecard, fields)),
        element("Scorecard", _about(scorecard), *inside, *_parts(scorecard, fields)),
    )


def field_names(scorecard: Scorecard) -> dict[str, str]:
    """The field of each characteristic: its column, or else its own name for the answer it has.

    No other field is called like a column, also where that is only a part of an answer.

    Raises:
        PmmlError: A column is a number here and a text there.
    """
    named: dict[str, str] = {}
    texts: dict[str, bool] = {}
    for c in scorecard.characteristics:
        if isinstance(c.measure.answer, Column):
            named[c.name] = c.measure.answer.name
        for column in columns_in(c.measure.answer):
            if texts.setdefault(column.name, column.text) != column.text:
                why = f"the column '{column.name}' is a number in one characteristic, a text in another"
                raise PmmlError(why)
    for c in scorecard.characteristics:
        if c.name not in named:
            name = c.name
            while name in texts or name in named.values():
                name += "_"
            named[c.name] = name
    return named


def _inputs(scorecard: Scorecard, fields: dict[str, str]) -> dict[str, tuple[Answer, bool]]:
    """The fields that come in, each with what it is, and whether it may be missing."""
    found: dict[str, tuple[Answer, bool]] = {}
    for c in scorecard.characteristics:
        columns = columns_in(c.measure.answer)
        for column in columns:
            found.setdefault(column.name, (column, True))
        if not columns:
            found[fields[c.name]] = c.measure.answer, c.missing is not None
    return found


def _dictionary(inputs: dict[str, tuple[Answer, bool]]) -> XmlElement:
    written = [element("DataField", {"name": name} | _type(answer)) for name, (answer, _) in inputs.items()]
    return element("DataDictionary", {"numberOfFields": len(written)}, *written)


def _type(answer: Answer) -> dict[str, object]:
    if is_text(answer):
        return {"optype": "categorical", "dataType": "string"}
    whole = not isinstance(answer, Column | Quotient)
    return {"optype": "continuous", "dataType": "integer" if whole else "double"}


def _about(scorecard: Scorecard) -> dict[str, object]:
    stated = scorecard.baseline
    return {
        "modelName": scorecard.name,
        "functionName": "regression",
        "initialScore": scorecard.points_base,
        "useReasonCodes": str(bool(scorecard.reason_codes())).lower(),
        "reasonCodeAlgorithm": "pointsAbove" if scorecard.reason_points == "above" else "pointsBelow",
        "baselineMethod": stated.method if stated else "max",
    }


def _parts(scorecard: Scorecard, fields: dict[str, str]) -> list[XmlElement]:
    told = bool(scorecard.reason_codes())
    ranks = range(1, reasons.REASONS_MOST + 1) if told else ()
    number = {"dataType": "double", "optype": "continuous"}
    text = {"dataType": "string", "optype": "categorical"}
    output = [element("OutputField", {"name": SCORE, "feature": "predictedValue"} | number)]
    output += [
        element(
            "OutputField", {"name": REASON.format(rank=rank), "feature": "reasonCode", "rank": rank} | text
        )
        for rank in ranks
    ]
    mining = [_mining(name, missing=there) for name, (_, there) in _inputs(scorecard, fields).items()]
    derived = [
        derived_field(fields[c.name], c.measure.answer)
        for c in scorecard.characteristics
        if isinstance(c.measure.answer, Derived)
    ]
    usual = reasons.usual(scorecard)
    baseline = {
        c: None if total is None else Fraction(total, usual.people) for c, total in usual.totals.items()
    }
    written = [_characteristic(c, fields[c.name], scorecard, baseline) for c in scorecard.characteristics]
    return [
        element("MiningSchema", {}, *mining),
        element("Output", {}, *output),
        *([element("LocalTransformations", {}, *derived)] if derived else []),
        element("Characteristics", {}, *written),
    ]


def _mining(name: str, *, missing: bool) -> XmlElement:
    """A field whose answer is never missing gives no score where it is: something went wrong then."""
    return element(
        "MiningField", {"name": name, "missingValueTreatment": None if missing else "returnInvalid"}
    )


def _characteristic(
    characteristic: Characteristic, field: str, scorecard: Scorecard, baseline: dict[str, Fraction | None]
) -> XmlElement:
    """A characteristic; where nothing limits its points, its reasons are not told, as nowhere else."""
    told, points, code = bool(scorecard.reason_codes()), baseline[characteristic.name], NO_REASON
    while code in scorecard.reasons:
        code += "_"
    most = said(points if points is not None else Fraction(characteristic.points_least or 0))
    codes = Codes(code if told else None, kept=points is not None)
    rows = attributes_of(characteristic, field, codes)
    about = {"name": characteristic.name, "baselineScore": most if told else None}
    return element("Characteristic", about, *rows)
