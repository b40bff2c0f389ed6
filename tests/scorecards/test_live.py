"""What live bars, each with its rule; a lab scorecard may, on synthetic people."""

from pathlib import Path

import pytest

from credence.scorecards.live import barred_kinds, bars, purposes
from tests.characteristics.reading import words
from tests.scorecards.cards import LIVE, card, faults

COUNTED = "{count: {kind: rent.unpaid}}"
LAB = LIVE.replace("setting: live", "setting: lab")
RISING = "[{below: 25, points: 0, reason: R1}, {points: 10}]"
FALLING = "[{below: 62, points: 10}, {points: 0, reason: R1}]"


def column(beside: str, attributes: str = RISING, text: str = LIVE) -> str:
    """The live scorecard with a column of a table of people instead of its count."""
    return text.replace(COUNTED, f"{{column: fact{beside}}}").replace(
        "attributes: [{below: 1, points: 10}, {points: 0, reason: R1}]",
        f"attributes: {attributes}\n    missing: {{points: 0, reason: R1}}",
    )


def told(folder: Path, text: str) -> str:
    (sentence,) = faults(folder, text)
    return sentence


def test_a_live_scorecard_with_everything_loads(tmp_path: Path) -> None:
    assert card(tmp_path, LIVE).setting == "live"


@pytest.mark.parametrize(
    ("kind", "context", "rule"),
    [
        ("conduct.sanctioned", "conduct", "EU AI Act Article 5(1)(c)"),
        ("exam.cheated", "conduct", "EU AI Act Article 5(1)(c)"),
        ("contact.added", "social", "EU Consumer Credit Directive 2023/2225"),
        ("message.posted", "social", "EU Consumer Credit Directive 2023/2225"),
    ],
)
def test_conduct_and_social_kinds_are_barred_by_a_rule(
    tmp_path: Path, kind: str, context: str, rule: str
) -> None:
    text = LIVE.replace(COUNTED, f"{{count: {{kind: [rent.unpaid, {kind}]}}}}")
    sentence = told(tmp_path, text)
    assert f"'{kind}' is of the context {context}, barred from live scorecards." in sentence
    assert f"(Rule: {rule}.)" in sentence
    assert card(tmp_path, text.replace("setting: live", "setting: lab")).setting == "lab"


def test_a_barred_kind_is_told_once_a_characteristic(tmp_path: Path) -> None:
    text = column("").replace("{column: fact}", "{share: {kind: exam.cheated}, of: {kind: exam.cheated}}")
    assert "'exam.cheated'" in told(tmp_path, text)


def test_a_count_of_everything_leaves_barred_kinds_out(tmp_path: Path) -> None:
    text = LIVE.replace(COUNTED, "{count: {}}")
    assert card(tmp_path, text).barred_kinds == barred_kinds(words())
    assert card(tmp_path, text.replace("setting: live", "setting: lab")).barred_kinds == ()


def test_every_kind_of_conduct_and_social_life_is_barred() -> None:
    barred = {words().kinds[name].context for name in barred_kinds(words())}
    assert barred == {"conduct", "social"}


@pytest.mark.parametrize("context", [name for name in bars() if name != "age"])
def test_a_column_of_a_barred_context_is_refused_with_its_rule(tmp_path: Path, context: str) -> None:
    sentence = told(tmp_path, column(f", context: {context}"))
    assert f"A column of the context {context} is barred from live scorecards." in sentence
    assert f"(Rule: {bars()[context].rule}.)" in sentence
    assert card(tmp_path, column(f", context: {context}", text=LAB)).setting == "lab"


def test_the_list_of_what_is_barred_is_this() -> None:
    assert list(bars()) == [
        "conduct",
        "social",
        "another_person",
        "health",
        "religion",
        "politics",
        "biometrics",
        "race",
        "nationality",
        "sex",
        "marital_status",
        "public_assistance",
        "exercise_of_rights",
        "age",
    ]


def test_a_column_without_a_context_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path, column("")).endswith("add 'context' beside 'column'.")
    assert card(tmp_path, column("", text=LAB)).setting == "lab"


def test_no_number_made_with_an_age_is_allowed_for_it_may_fall_as_that_rises(tmp_path: Path) -> None:
    text = column(", context: age")
    assert card(tmp_path, text).setting == "live"
    made = text.replace("column: fact", "ratio: income, to: years")
    assert "Age may never count against the old." in told(tmp_path, made)
    assert card(tmp_path, made.replace("context: age", "context: credit")).setting == "live"


def test_an_unknown_context_is_answered_with_those_allowed(tmp_path: Path) -> None:
    assert told(tmp_path, column(", context: credits")).endswith(
        "'credits' is no context. Did you mean 'credit'? "
        "Contexts: credit, rental, utilities, payments, public_record, identity, bureau, age."
    )


def test_a_column_of_an_allowed_context_loads(tmp_path: Path) -> None:
    assert card(tmp_path, column(", context: credit", FALLING)).setting == "live"


@pytest.mark.parametrize(
    "attributes",
    [
        FALLING,
        "[{below: 25, points: 0, reason: R1}, {below: 62, points: 10}, {points: 5, reason: R1}]",
        "[{in: [62, 63], points: 0, reason: R1}, {points: 10}]",
    ],
)
def test_age_may_not_count_against_the_old(tmp_path: Path, attributes: str) -> None:
    sentence = told(tmp_path, column(", context: age", attributes))
    assert "Age may never count against the old." in sentence
    assert "(Rule: US ECOA (Regulation B), section 1002.6(b)(2).)" in sentence


def test_age_may_count_for_the_old(tmp_path: Path) -> None:
    assert card(tmp_path, column(", context: age")).setting == "live"


def test_age_may_not_be_crossed(tmp_path: Path) -> None:
    crossed = """
  other:
    category: rent
    question: Other?
    measure: {count: {}}
    attributes: [{points: 0}]
  both:
    category: rent
    question: Both?
    measure: {cross: [unpaid, other]}
    attributes: [{when: {unpaid: {at_least: 62}}, points: 0, reason: R1}, {points: 0}]
  """
    text = column(", context: age") + crossed
    assert "'cross' names 'unpaid', an age. Age may never count against the old." in told(tmp_path, text)


@pytest.mark.parametrize(("test", "allowed"), [("at_least", True), ("above", True), ("at_most", False)])
def test_a_rule_of_scorability_may_ask_for_an_age_but_not_for_youth(
    tmp_path: Path, test: str, *, allowed: bool
) -> None:
    rule = LIVE.replace("{count: {}}, at_least: 1", f"{{column: age, context: age}}, {test}: 18")
    if allowed:
        assert card(tmp_path, rule).setting == "live"
    else:
        assert "Age may never count against the old." in told(tmp_path, rule)


@pytest.mark.parametrize(
    ("measure", "words_told"),
    [
        ("{count: {kind: donation.made}}", "'donation.made' is of the context conduct"),
        ("{column: illness, context: health}", "the context health is barred"),
        ("{column: x}", "add 'context' beside 'column'"),
        ("{ratio: x, to: y}", "add 'context' beside 'column'"),
        ("{greatest_of: [x, y], context: health}", "the context health is barred"),
    ],
)
def test_rules_of_scorability_are_barred_alike(tmp_path: Path, measure: str, words_told: str) -> None:
    text = LIVE.replace("measure: {count: {}}", f"measure: {measure}")
    assert words_told in told(tmp_path, text)


@pytest.mark.parametrize("setting", ["live", "lab"])
def test_purposes_are_from_a_closed_list(tmp_path: Path, setting: str) -> None:
    text = LIVE.replace("setting: live", f"setting: {setting}").replace("rental_agreement", "rental_deposits")
    assert told(tmp_path, text) == (
        "purpose: 'rental_deposits' is no purpose. Did you mean 'rental_deposit'? "
        f"Purposes: {', '.join(purposes())}."
    )


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("purpose: [rental_agreement]\n", "purpose"),
        ("range: [0, 10]\n", "range"),
        ("bands: [{below: 5, name: low}, {name: high}]\n", "bands"),
    ],
)
def test_live_needs_everything_and_lab_does_not(tmp_path: Path, line: str, part: str) -> None:
    assert told(tmp_path, LIVE.replace(line, "")) == f": A live scorecard needs '{part}'."
    assert card(tmp_path, LAB.replace(line, "")).setting == "lab"


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("purpose: [rental_agreement]", "purpose: []", "purpose"),
        ("bands: [{below: 5, name: low}, {name: high}]", "bands: []", "bands"),
    ],
)
def test_an_empty_part_is_as_good_as_none(tmp_path: Path, before: str, after: str, part: str) -> None:
    assert told(tmp_path, LIVE.replace(before, after)) == f": A live scorecard needs '{part}'."


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("    category: rent\n", "A live characteristic needs its 'category'."),
        (
            "    question: How often was the rent left unpaid?\n",
            "A live characteristic needs its 'question'.",
        ),
        (", reason: R1}]", "The attribute '1 and over' costs points and needs a 'reason'."),
    ],
)
def test_a_live_characteristic_needs_everything(tmp_path: Path, before: str, sentence: str) -> None:
    after = "}]" if before.startswith(",") else ""
    assert told(tmp_path, LIVE.replace(before, after)) == f"characteristics.unpaid: {sentence}"


def test_a_setting_that_is_no_word_is_one_fault(tmp_path: Path) -> None:
    assert told(
        tmp_path,
        "name: x\nversion: 1\ntitle: X\nsetting: []\npoints_base: 0\n"
        "characteristics: {a: {measure: {count: {}}, attributes: [{points: 0}]}}\n",
    ) == ("setting: must be a text, not a list.")


def test_a_live_attribute_without_a_score_needs_no_reason_and_points_that_follow_need_one(
    tmp_path: Path,
) -> None:
    line = "{times: 1, plus: 0, rounding: floor, at_least: 0, at_most: 9}"
    rows = f"[{{below: 1, unscorable: R1}}, {{below: 5, points: {line}}}, {{points: 10}}]"
    assert told(tmp_path, column(", context: credit", rows)) == (
        "characteristics.unpaid: The attribute '1 to 5' costs points and needs a 'reason'."
    )


def test_an_age_may_neither_give_no_score_nor_points_that_follow_it(tmp_path: Path) -> None:
    for row in ("unscorable: R1", "points: {times: 1, plus: 0, rounding: floor, at_least: 0, at_most: 9}"):
        rows = f"[{{below: 25, {row}, reason: R1}}, {{points: 10}}]"
        assert "A column of the context age is barred" in told(tmp_path, column(", context: age", rows))


@pytest.mark.parametrize(
    ("measure", "field"),
    [
        ("{count: {kind: income.received, where: {source: {in: [salary]}}}}", "source"),
        ("{count: {kind: payment.settled, where: {counterparty: {in: [Parish church]}}}}", "counterparty"),
    ],
)
def test_values_that_tell_what_is_barred_may_not_be_looked_at(
    tmp_path: Path, measure: str, field: str
) -> None:
    sentence = told(tmp_path, LIVE.replace(COUNTED, measure))
    assert f"The values of '{field}' are barred from live scorecards." in sentence
    assert card(tmp_path, LAB.replace(COUNTED, measure)).setting == "lab"


def test_whom_somebody_pays_may_be_counted_and_not_looked_at_last(tmp_path: Path) -> None:
    distinct = "{distinct: {kind: payment.settled, field: counterparty}}"
    present = "{count: {kind: payment.settled, where: {counterparty: {present: true}}}}"
    assert {card(tmp_path, LIVE.replace(COUNTED, m)).setting for m in (distinct, present)} == {"live"}
    last = column("").replace("{column: fact}", "{last_value: {kind: payment.settled, field: counterparty}}")
    last = last.replace(RISING, "[{in: [a], points: 0, reason: R1}, {points: 10}]")
    assert "The values of 'counterparty' are barred" in told(tmp_path, last)
