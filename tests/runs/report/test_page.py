"""The page of a report says its facts, to everybody, and nothing on it can be anything but text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from credence.engines.compared import Comparison
from credence.runs.report.model import Furnisher, Report, Verdict
from credence.runs.report.page import report_page
from tests.runs.report.months import CARD, NOVEMBER, OCTOBER, PEOPLE, first_card, reported

VOID = {"meta"}
EVIL = "<script>alert('x')</script>"
FIRST = {NOVEMBER: PEOPLE[NOVEMBER]}


class Outline(HTMLParser):
    """The text of a page, its tables and its pictures; a page that is not well formed is told."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.text = ""
        self.captions: list[str] = []
        self.pictures: list[str] = []
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.outside += [f"{tag} {name}" for name in said if name in ("src", "href") or name.startswith("on")]
        self.outside += [tag] if tag in ("script", "link", "img", "iframe") else []
        self.pictures += [said["aria-label"] or ""] if said.get("role") == "img" else []
        self.tables += tag == "table"
        if tag == "svg":
            assert "aria-label" in said or said.get("aria-hidden") == "true"
        if tag == "th":
            assert "scope" in said
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.captions += [data] if self.open[-1:] == ["caption"] else []
        self.text += "" if self.open[-1:] == ["style"] else f" {data}"


def read(report: Report, verdict: Verdict | None = None) -> Outline:
    outline = Outline()
    outline.feed(report_page(report, verdict or Verdict()))
    outline.text = " ".join(outline.text.split())
    assert outline.open == []
    assert outline.outside == []
    return outline


def told(outline: Outline, *sentences: str) -> None:
    assert [sentence for sentence in sentences if sentence not in outline.text] == []


def test_the_facts_of_a_month_are_on_the_page(tmp_path: Path) -> None:
    told(
        read(reported(tmp_path)),
        "Scores as of 2026-11-06 As known at 2026-11-07T00:00:00Z, snapshot 3 of the log. Run november.",
        "Published",
        "Small small, version 1 Compared with the scores as of 2026-10-06, known at 2026-10-07T00:00:00Z.",
        "People 6 +1 since the last run",
        "With a score 4 66.7 % of the people, 80 % before",
        "Mean score 18.2 \N{MINUS SIGN}5.5 since the last run",
        "shifted: the scores are spread otherwise than in the last run; of so few people it may be chance",
        "Band People 2026-11-06 2026-10-06 low 2 50 % 25 % middle 1 25 % 25 % high 1 25 % 50 %",
        "Nothing of b is known no_b 1 16.7 % 0 %",
        "Of 3 people with a score in both runs 1 rose, 1 fell and 1 stayed; the mean change is 0 points. "
        "1 gained a score and 1 lost it.",
        "ana What is a? below 5 → 7 and over, +20 points 10 → 30 +20",
        "0.491 shifted of so few people it may be chance \N{MINUS SIGN}6.50",
    )


def test_every_band_of_before_is_told_with_where_its_people_went(tmp_path: Path) -> None:
    told(
        read(reported(tmp_path)),
        "Before → now low middle high no score",
        "low 1 · · 100 % 1 ·",
        "high 2 50 % 1 · · 50 % 1",
        "not in the run 1 100 % 1 · · ·",
    )


def test_questions_that_moved_most_come_first(tmp_path: Path) -> None:
    text = read(reported(tmp_path)).text
    assert text.index("Answers to: What is a?") < text.index("Answers to: b")
    other = read(reported(tmp_path, before=CARD.replace("below: 7", "below: 8"))).text
    assert other.index("Answers to: b") < other.index("Answers to: What is a?")
    assert "asked otherwise before, or not at all" in other


def test_pictures_say_in_words_what_they_show(tmp_path: Path) -> None:
    outline = read(reported(tmp_path))
    histogram, first, _ = outline.pictures
    assert "scores go from 10 to 30; half of them lie between 10 and 20" in histogram
    assert "the fullest range is 10 to 11 with 25 %" in histogram
    assert first.startswith("below 5: 50 %, before 20 %; 5 to 7: 16.7 %, before 20 %")
    assert len(outline.captions) == outline.tables


def test_a_first_run_reads_well_alone(tmp_path: Path) -> None:
    outline = read(reported(tmp_path, FIRST))
    told(
        outline,
        "There is no earlier run of this scorecard to compare with.",
        "Mean score 18.2 half have 10 to 20",
        "Band People 2026-11-06 low 2 50 %",
    )
    for word in ("PSI)", "last run.", "Who moved most", "From band to band", "strokes"):
        assert word not in outline.text
    assert outline.pictures[1].startswith("below 5: 50 %; 5 to 7: 16.7 %")


def test_where_nobody_moved_the_page_says_so(tmp_path: Path) -> None:
    told(
        read(reported(tmp_path, dict.fromkeys((OCTOBER, NOVEMBER), PEOPLE[OCTOBER]))),
        "People 5 no change since the last run",
        "0.000 stable: the scores are spread as in the last run",
        "Nobody's score moved.",
    )


def test_a_run_in_which_nobody_or_everybody_has_a_score_is_told(tmp_path: Path) -> None:
    told(read(reported(tmp_path, {NOVEMBER: "ana,,\n"})), "Nobody has a score.", "Mean score \N{EN DASH}")
    told(read(reported(tmp_path, {NOVEMBER: "ana,1,1\n"})), "Everybody has a score.")
    told(read(reported(tmp_path, {NOVEMBER: ""})), "People 0", "With a score 0 \N{EN DASH} of the people")


def test_a_scorecard_without_bands_tells_none(tmp_path: Path) -> None:
    plain = re.sub("bands: .*\n", "", CARD)
    assert "Bands" not in read(reported(tmp_path, now=plain, before=plain)).text


def test_what_changed_in_the_scorecard_is_told(tmp_path: Path) -> None:
    told(
        read(reported(tmp_path, before=CARD.replace("points_base: 10", "points_base: 9"))),
        "The scorecard itself changed since: 1 change",
        "What everyone starts with: 9 -> 10.",
    )


def moved_by(report: Report, through: str | None) -> Report:
    """The report with one mover, who moved through this."""
    card = first_card(report)
    assert card.moves is not None
    mover = replace(card.moves.movers[0], through=through, was=None, became=None)
    moves: Comparison = replace(card.moves, movers=(mover,))
    return replace(report, cards=(replace(card, moves=moves),))


def test_movers_through_what_is_asked_no_more_and_through_no_question_are_told(tmp_path: Path) -> None:
    report = reported(tmp_path)
    told(read(moved_by(report, "gone")), "gone not asked → not asked any more, +20 points")
    told(read(moved_by(report, None)), "What everyone starts with +20 points")


def test_scores_of_the_same_day_are_told_apart_as_now_and_before(tmp_path: Path) -> None:
    report = reported(tmp_path)
    card = first_card(report)
    assert card.before is not None
    same = replace(card, before=replace(card.before, as_of=NOVEMBER))
    told(read(replace(report, cards=(same,))), "Band People Now Before")


def test_furnishers_are_told_with_how_fresh_they_are(tmp_path: Path) -> None:
    report = reported(tmp_path)
    told(
        read(report),
        "phone 2026-11-05 1 day 35 33 70",
        "power 2026-11-01 5 days 4 much less than before 40 90",
    )
    silent = Furnisher("new", 0, None, None, 0, 0)
    told(read(replace(report, furnishers=(silent,))), "new \N{EN DASH} \N{EN DASH} 0 0 0")
    assert "Furnisher" not in read(replace(report, furnishers=())).text


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (
            Verdict(("small: too far.",), published=False),
            "Held back Limits that were passed small: too far.",
        ),
        (
            Verdict(("small: too far.",), accepted="A new furnisher"),
            "Limits that were passed small: too far. Accepted: A new furnisher",
        ),
    ],
)
def test_limits_that_were_reached_are_told(tmp_path: Path, verdict: Verdict, says: str) -> None:
    outline = read(reported(tmp_path), verdict)
    told(outline, says)
    assert ("Published, although limits were passed" in outline.text) == verdict.published


def test_without_a_log_no_snapshot_is_told(tmp_path: Path) -> None:
    told(read(replace(reported(tmp_path), snapshot=None)), "As known at 2026-11-07T00:00:00Z. Run november.")


def test_what_people_wrote_is_text_and_never_markup(tmp_path: Path) -> None:
    report = reported(tmp_path, before=CARD.replace("name: low", f'name: "{EVIL}"'))
    card = first_card(report)
    assert card.before is not None
    assert card.moves is not None
    asked = tuple(replace(c, question=EVIL) for c in card.scorecard.characteristics)
    scorecard = replace(card.scorecard, title=EVIL, name=EVIL, reasons={"N": EVIL}, characteristics=asked)
    label = tuple(replace(share, label=EVIL) for share in card.characteristics[0].attributes)
    hostile = replace(
        card,
        scorecard=scorecard,
        before=replace(card.before, changes=(EVIL,)),
        bands=tuple(replace(share, label=EVIL) for share in card.bands),
        characteristics=tuple(
            replace(d, name=EVIL, question=EVIL, attributes=label) for d in card.characteristics
        ),
        moves=replace(
            card.moves, movers=tuple(replace(m, person_id=EVIL, was=EVIL) for m in card.moves.movers)
        ),
    )
    furnishers = tuple(replace(f, name=EVIL) for f in report.furnishers)
    page = report_page(
        replace(report, run=EVIL, cards=(hostile,), furnishers=furnishers), Verdict((EVIL,), accepted=EVIL)
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_is_drawn_for_light_dark_and_paper(tmp_path: Path) -> None:
    page = report_page(reported(tmp_path))
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
