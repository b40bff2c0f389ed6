from pathlib import Path

from credence.events.vocabulary import shipped
from credence.scorecards.gate.passing import at_the_gate
from tests.scorecards.gate.folders import TRAINED, changed, folder_of, in_its_way

LIVE = """setting: live
purpose: small_loan
range: [400, 439]
bands: [{below: 420, name: low}, {name: high}]
categories: {all: {title: All, meaning: All}}
scorable_when:
  - {measure: {count: {}}, at_least: 1, code: nothing, sentence: Nothing is known}"""


def test_a_scorecard_with_everything_passes(tmp_path: Path) -> None:
    found = at_the_gate(str(folder_of(tmp_path)), shipped())
    assert found.faults == found.told == ()


def test_inputs_are_judged_as_those_of_a_live_one(tmp_path: Path) -> None:
    text = TRAINED.replace("Income, context: payments", "Income").replace(
        "text, context: payments", "text, context: religion"
    )
    no_context, barred = in_its_way(folder_of(tmp_path, text))
    assert no_context.startswith(
        "scorecard.yaml:10 characteristics.income: A live scorecard says where a column comes from"
    )
    assert barred.startswith(
        "scorecard.yaml:18 characteristics.job: A column of the context religion is barred from live"
    )


def test_words_of_a_program_are_told_in_the_lab_and_in_the_way_of_a_live_one(tmp_path: Path) -> None:
    proposed = "'Income is low' has the words that a program gave it: say what it means to a person."
    folder = changed(folder_of(tmp_path), "Your income is small", "Income is low")
    found = at_the_gate(str(folder), shipped())
    assert found.faults == ()
    assert [(fault.line, fault.path, fault.sentence) for _path, fault in found.told] == [
        (7, "reasons.income_low", proposed)
    ]
    changed(folder, "setting: lab", LIVE)
    changed(folder, "    question:", "    category: all\n    question:")
    found = at_the_gate(str(folder), shipped())
    assert [fault.sentence for _path, fault in found.faults] == [proposed]
    assert found.told == ()
