"""PMML documents for tests: dmg.org's sample scorecard, and small ones made of their parts."""

from pathlib import Path

from credence.engines.found import Row
from credence.engines.moment import Moment
from credence.engines.person import evaluate
from credence.events.vocabulary import shipped
from credence.scorecards.load import load_text
from credence.scorecards.model import Scorecard
from credence.scorecards.pmml.read import read_pmml
from tests.world import AS_OF, NOW

FIELDS = """
    <DataField name="department" optype="categorical" dataType="string"/>
    <DataField name="age" optype="continuous" dataType="integer"/>
    <DataField name="income" optype="continuous" dataType="double"/>"""
MINING = """
      <MiningField name="department"/>
      <MiningField name="age"/>
      <MiningField name="income"/>"""


def applied(function: str, *parts: str) -> str:
    """A function of some expressions."""
    return f'<Apply function="{function}">{"".join(parts)}</Apply>'


def constant(number: object) -> str:
    """A number."""
    return f'<Constant dataType="double">{number}</Constant>'


def answer(field: str = "income") -> str:
    """The answer to a field."""
    return f'<FieldRef field="{field}"/>'


def line(times: str, plus: str) -> str:
    """times x income + plus, as the samples of dmg.org write it."""
    return applied("+", applied("*", constant(times), answer()), constant(plus))


def one(attributes: str, field: str = "income") -> str:
    """A characteristic of one field, without reasons."""
    return f'<Characteristic name="{field}">{attributes}</Characteristic>'


def attribute(points: object, predicate: str) -> str:
    """An attribute with its points."""
    return f'<Attribute partialScore="{points}">{predicate}</Attribute>'


def simple(operator: str, value: object = None, field: str = "income") -> str:
    """A predicate on a field."""
    asked = "" if value is None else f' value="{value}"'
    return f'<SimplePredicate field="{field}" operator="{operator}"{asked}/>'


def between(low: object, high: object, field: str) -> str:
    """Over one number and up to another."""
    over, up_to = simple("greaterThan", low, field), simple("lessOrEqual", high, field)
    return f'<CompoundPredicate booleanOperator="and">{over}{up_to}</CompoundPredicate>'


def reasoned(name: str, code: str, baseline: int, *attributes: str) -> str:
    """A characteristic with a reason code and a baseline, one attribute a line."""
    lines = "".join(f"\n        {each}" for each in attributes)
    start = f'<Characteristic name="{name}" reasonCode="{code}" baselineScore="{baseline}">'
    return f"\n      {start}{lines}\n      </Characteristic>"


def following(expression: str, predicate: str) -> str:
    """An attribute whose points follow the answer."""
    return f"<Attribute>{predicate}<ComplexPartialScore>{expression}</ComplexPartialScore></Attribute>"


DEPARTMENT = reasoned(
    "departmentScore", "RC1", 19,
    attribute(-9, simple("isMissing", None, "department")),
    attribute(19, simple("equal", "marketing", "department")),
    attribute(3, simple("equal", "engineering", "department")),
    attribute(6, simple("equal", "business", "department")),
    attribute(0, "<True/>"),
)  # fmt: skip
AGE = reasoned(
    "ageScore", "RC2", 18,
    attribute(-1, simple("isMissing", None, "age")),
    attribute(-3, simple("lessOrEqual", 18, "age")),
    attribute(0, between(18, 29, "age")),
    attribute(12, between(29, 39, "age")),
    attribute(18, simple("greaterThan", 39, "age")),
)  # fmt: skip
INCOME = reasoned(
    "incomeScore", "RC3", 10,
    attribute(5, simple("isMissing")),
    attribute(26, simple("lessOrEqual", 1000)),
    attribute(5, between(1000, 2500, "income")),
    attribute(-3, simple("greaterThan", 2500)),
)  # fmt: skip
COMPLEX_INCOME = reasoned(
    "incomeScore", "RC3", 10,
    attribute(3, simple("isMissing")),
    following(line("0.03", "11"), simple("lessOrEqual", 1000)),
    attribute(5, simple("lessOrEqual", 1500)),
    following(line("0.01", "-18"), simple("greaterThan", 1500)),
)  # fmt: skip


def document(
    characteristics: str = DEPARTMENT + AGE + INCOME,
    card: str = "",
    fields: str = FIELDS,
    mining: str = MINING,
    inside: str = "",
) -> str:
    """A PMML document with one Scorecard.

    Args:
        characteristics: Its characteristics.
        card: More attributes of the Scorecard.
        fields: The DataFields.
        mining: The MiningFields.
        inside: What stands between the MiningSchema and the Characteristics.
    """
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
  <Header copyright="www.dmg.org" description="Sample scorecard"/>
  <DataDictionary>{fields}
  </DataDictionary>
  <Scorecard modelName="SampleScorecard" functionName="regression"{card}>
    <MiningSchema>{mining}
    </MiningSchema>{inside}
    <Characteristics>{characteristics}
    </Characteristics>
  </Scorecard>
</PMML>
"""


NO_REASONS = ' useReasonCodes="false"'


def read(folder: Path, text: str, rounding: str | None = None) -> str:
    """The YAML of a PMML document."""
    path = folder / "card.pmml"
    path.write_text(text, encoding="utf-8")
    return read_pmml(path, rounding)


def loaded(folder: Path, text: str, rounding: str | None = None) -> Scorecard:
    """The scorecard of a PMML document."""
    return load_text(read(folder, text, rounding), "card")


def row(card: Scorecard, **columns: object) -> Row:
    """What a scorecard says of a person with these columns."""
    return evaluate(card, shipped(), [], Moment(AS_OF, NOW), columns)
