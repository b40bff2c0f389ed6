from dataclasses import replace

from credence.training.evidence import Evidence
from credence.training.report.section import Section
from credence.training.validation import Validation
from credence.training.written.card import card, limits
from credence.training.written.definition import asked

WARNS = Section("split", "The rows", ("Many are alike.", "More."), {}, warns=True)
FAIR, REJECTS = Section("fairness", "Groups", ("Fine.",), {}), Section("rejects", "Refused", ("Few.",), {})


def text_of(evidence: Evidence, found: Validation, *sections: Section) -> str:
    questions = asked(evidence.fit, evidence.points)
    return card("Mine", [("table", "a|b.csv")], (found, sections), questions)


def test_the_card_says_warnings_data_figures_questions_and_limits(by_chance: Evidence) -> None:
    text = text_of(by_chance, replace(by_chance.figures, duplicates=12), WARNS)
    assert text.startswith("# Mine\n")
    for title in ("Warnings", "Data", "Figures", "Questions", "Limits"):
        assert f"\n## {title}\n" in text
    assert "- The rows: Many are alike.\n" in text
    assert "| table | a/b.csv |" in text
    assert "| rows that repeat another | 12 |" in text
    assert "| `age` | `age` | rising |" in text
    assert text.endswith("was not looked at.\n")
    assert "held out" not in text


def test_without_warnings_the_card_says_so(by_chance: Evidence) -> None:
    assert "\n## Warnings\n\nNone.\n" in text_of(by_chance, by_chance.figures)


def test_figures_of_rows_held_out_come_first_with_their_dates(by_time: Evidence) -> None:
    text, later = text_of(by_time, by_time.figures), by_time.figures.out_of_time
    assert later is not None
    assert "| dates | `observed_on` from 2021-01-01 to 2022-12-01 |" in text
    assert "| rows held out | 249 from 2022-08-01 on |" in text
    assert "Rows with the same 'person_id' are in one fold" in text
    first = text.index(f"| AUC | {later.auc:.4f} (standard error {later.auc_error:.4f}) |")
    assert text.index("On rows that were held out by time") < first < text.index("Out of 5 folds")


def test_limits_are_those_of_the_run(by_chance: Evidence, by_time: Evidence) -> None:
    plain = " ".join(limits(replace(by_chance.figures, duplicates=0), []))
    assert "cut by chance" in plain
    assert "repeat another" not in plain
    assert "nothing was inferred about them" in plain
    assert "was not looked at" in plain
    later = " ".join(limits(by_time.figures, [FAIR, REJECTS]))
    assert "Of people later than 2022-12-01 nothing is known" in later
    assert "cut by chance" not in later
    assert "rests on an assumption" in later
    assert "Groups of people were compared" in later
    grouped = replace(by_chance.figures, split=replace(by_chance.figures.split, group="who"))
    assert "Nothing was held out by time" in " ".join(limits(grouped, []))
