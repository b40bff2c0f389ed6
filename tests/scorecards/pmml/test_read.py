"""PMML in: dmg.org's sample scorecard as its readers score it, and every broken file told in these words."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.errors import DefinitionError, SourceNotFoundError
from credence.events.vocabulary import extended, shipped
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import StatedBaseline
from credence.scorecards.pmml import read_pmml, write_pmml
from tests.scorecards.cards import LIVE, write
from tests.scorecards.pmml.samples import (
    AGE,
    COMPLEX_INCOME,
    DEPARTMENT,
    INCOME,
    NO_REASONS,
    attribute,
    document,
    loaded,
    one,
    read,
    row,
    simple,
)

GOLDEN = Path(__file__).parent / "golden"
ENGINEER = {"department": "engineering", "age": 25, "income": 500}
BELOW = attribute(5, simple("lessThan", 10))
REST = attribute(1, "<True/>")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.pmml")), ids=lambda path: path.stem)
def test_a_broken_file_is_told_in_these_words(path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_pmml(path)
    told = str(caught.value).replace(str(path), path.name)
    assert told + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


def test_the_sample_scorecard_gives_its_points_and_its_reasons(tmp_path: Path) -> None:
    said = row(loaded(tmp_path, document()), **ENGINEER)
    assert (said.score, said.reasons) == (29, ("RC2", "RC1"))
    assert [line.points for line in said.lines] == [3, 0, 26]


def test_the_sample_scorecard_can_tell_what_is_above_its_baseline(tmp_path: Path) -> None:
    card = loaded(tmp_path, document(card=' reasonCodeAlgorithm="pointsAbove"'))
    assert row(card, **ENGINEER).reasons == ("RC3",)


def test_differences_of_the_same_code_are_added_up(tmp_path: Path) -> None:
    shared = (AGE + INCOME).replace("RC2", "X").replace("RC3", "X")
    assert row(loaded(tmp_path, document(DEPARTMENT + shared)), **ENGINEER).reasons == ("RC1", "X")


@pytest.mark.parametrize(("income", "score"), [(None, -7), (1000, 31), (1500, -5), (3000, 2)])
def test_points_can_follow_an_answer(tmp_path: Path, income: int | None, score: int) -> None:
    card = loaded(tmp_path, document(DEPARTMENT + AGE + COMPLEX_INCOME), "half_up")
    assert row(card, income=income).score == score


def test_an_answer_that_no_attribute_takes_gives_no_score_rather_than_no_points(tmp_path: Path) -> None:
    without = DEPARTMENT.replace('<Attribute partialScore="0"><True/></Attribute>', "")
    card = loaded(tmp_path, document(without + AGE + INCOME))
    law = row(card, **ENGINEER | {"department": "law"})
    assert (law.score, law.unscorable) == (None, "no_points_department_score")
    assert card.reasons["no_points_department_score"] == (
        "The scorecard gives no points for this answer: departmentScore"
    )
    assert row(card, **ENGINEER).score == 29


def test_what_is_read_is_readable(tmp_path: Path) -> None:
    assert read(tmp_path, document(AGE)) == (
        "name: sample_scorecard\n"
        "version: 1\n"
        "title: SampleScorecard\n"
        "setting: lab\n"
        "points_base: 0\n"
        "reasons:\n"
        "  RC2: RC2\n"
        "baseline: {method: other, points: {age_score: 18}}\n"
        "characteristics:\n"
        "  age_score:\n"
        "    question: ageScore\n"
        "    measure: {column: age}\n"
        "    attributes:\n"
        "      - {up_to: 18, points: -3, reason: RC2}\n"
        "      - {up_to: 29, points: 0, reason: RC2}\n"
        "      - {up_to: 39, points: 12, reason: RC2}\n"
        "      - {points: 18, reason: RC2}\n"
        "    missing: {points: -1, reason: RC2}\n"
    )


def test_the_example_of_the_reference_is_read_as_it_is_shown(tmp_path: Path) -> None:
    reference = Path(__file__).parents[3] / "docs" / "reference" / "pmml.md"
    example, shown = (
        re.findall(
            rf"^```{language}\n(.*?)^```$", reference.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )[0]
        for language in ("xml", "yaml")
    )
    assert read(tmp_path, document(example)).endswith(f"characteristics:\n{shown}")


def test_a_baseline_can_be_the_same_for_all_and_overridden(tmp_path: Path) -> None:
    characteristics = DEPARTMENT + AGE.replace(' baselineScore="18"', "")
    card = loaded(tmp_path, document(characteristics, ' baselineScore="7.25" baselineMethod="mean"'))
    points = {"department_score": Fraction(19), "age_score": Fraction(29, 4)}
    assert card.baseline == StatedBaseline("mean", points)


def test_an_attribute_can_have_a_reason_code_of_its_own(tmp_path: Path) -> None:
    own = AGE.replace('partialScore="0"', 'partialScore="0" reasonCode="YOUNG"')
    card = loaded(tmp_path, document(own))
    assert [line.reason for age in (10, 20) for line in row(card, age=age).lines] == ["RC2", "YOUNG"]


def test_without_reason_codes_there_are_none(tmp_path: Path) -> None:
    card = loaded(tmp_path, document(AGE, NO_REASONS + ' initialScore="100"'))
    assert (card.reasons, card.baseline, card.points_base) == ({}, None, 100)


def test_the_version_is_that_of_the_header(tmp_path: Path) -> None:
    named = document(AGE).replace('description="Sample scorecard"', 'modelVersion="12"')
    assert loaded(tmp_path, named).version == 12
    other = document(AGE).replace('description="Sample scorecard"', 'modelVersion="v2"')
    assert loaded(tmp_path, other).version == 1
    headless = re.sub("<Header.*/>", "", document(AGE))
    assert loaded(tmp_path, headless).version == 1


def test_a_card_without_a_name_is_called_a_scorecard(tmp_path: Path) -> None:
    card = loaded(tmp_path, document(AGE).replace(' modelName="SampleScorecard"', ""))
    assert (card.name, card.title) == ("scorecard", "A scorecard from PMML")


def test_a_field_can_have_other_names(tmp_path: Path) -> None:
    derived = '<DerivedField name="pay" dataType="double"><FieldRef field="income"/></DerivedField>'
    inside = f"<LocalTransformations>{derived}</LocalTransformations>"
    card = loaded(tmp_path, document(one(BELOW.replace("income", "pay") + REST), NO_REASONS, inside=inside))
    assert row(card, income=9).score == 5


def test_a_field_named_after_itself_is_told(tmp_path: Path) -> None:
    circle = '<DerivedField name="pay"><FieldRef field="pay"/></DerivedField>'
    inside = f"<LocalTransformations>{circle}</LocalTransformations>"
    text = document(one(BELOW.replace("income", "pay") + REST), NO_REASONS, inside=inside)
    with pytest.raises(DefinitionError, match="'pay' is another name of itself"):
        read(tmp_path, text)


def test_targets_that_change_nothing_are_left_aside(tmp_path: Path) -> None:
    same = '<Targets><Target field="score" rescaleFactor="1.0" rescaleConstant="0"/></Targets>'
    output = '<OutputField name="score"/><OutputField name="first" feature="reasonCode"/>'
    text = document(inside=f"<Output>{output}</Output>{same}")
    assert row(loaded(tmp_path, text), **ENGINEER).score == 29


def test_a_definition_may_name_kinds_of_ones_own(tmp_path: Path) -> None:
    vocabulary = tmp_path / "kinds.yaml"
    kinds = "version: 1\nkinds:\n  gym.paid: {title: Paid, context: payments, speaks: for}\n"
    vocabulary.write_text(kinds, encoding="utf-8")
    words = extended(shipped(), vocabulary)
    text = LIVE.replace("rent.unpaid", "gym.paid").replace("setting: live", "setting: lab")
    card = load_scorecard(write(tmp_path, text), words)
    path = tmp_path / "card.pmml"
    path.write_text(write_pmml(card), encoding="utf-8")
    assert "kind: gym.paid" in read_pmml(path, vocabulary=words)
    with pytest.raises(DefinitionError, match="as YAML, has 1 fault"):
        read_pmml(path)


WHOLE = document(DEPARTMENT + AGE + COMPLEX_INCOME)
WORDS = re.findall(r"[\w.-]+", WHOLE)
MORE = [
    "",
    "0",
    "-1",
    "1e9",
    "NaN",
    "Extension",
    "missingValueReplacement",
    "xor",
    "surrogate",
    "min",
    "x y",
    "房",
]


@settings(max_examples=60, deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, len(WORDS)), st.sampled_from(sorted({*WORDS, *MORE}))), max_size=6
    )
)
def test_a_file_of_other_words_is_read_or_has_faults(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]]
) -> None:
    chosen = dict(edits)
    words = iter(range(len(WORDS)))
    text = re.sub(r"[\w.-]+", lambda found: chosen.get(next(words), found[0]), WHOLE)
    try:
        assert loaded(tmp_path_factory.getbasetemp(), text, "floor").characteristics
    except DefinitionError as error:
        # A fault is found in the PMML, where it can be mended, and not in the YAML it became.
        assert "as YAML" not in str(error), str(error)  # noqa: PT017 - whichever of the two it is


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        read_pmml(tmp_path / "nothing.pmml")
