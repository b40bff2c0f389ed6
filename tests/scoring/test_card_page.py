"""A scorecard's page says everything that moves a score, and nothing on it can be anything but text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from credence import load_scorecard
from credence.events.vocabulary import shipped
from credence.scorecards.load import shipped_names
from credence.scorecards.model import Scorecard
from credence.scoring.card_page import card_page
from tests.scorecards.cards import LIVE, ONE, card, lab, of

VOID = {"meta"}


class Outline(HTMLParser):
    """The open elements and the text of a page; a page that is not well formed is told."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outside += [f"{tag} {name}" for name, _ in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += "" if self.open[-1:] == ["style"] else f" {data}"


def read(scorecard: Scorecard) -> Outline:
    outline = Outline()
    outline.feed(card_page(scorecard, shipped()))
    outline.text = " ".join(outline.text.split())
    assert outline.open == []
    assert outline.outside == []
    return outline


@pytest.mark.parametrize("name", shipped_names())
def test_every_question_row_and_reason_of_a_scorecard_is_on_its_page(name: str) -> None:
    scorecard = load_scorecard(name)
    text = read(scorecard).text
    assert scorecard.definition_hash in text
    for characteristic in scorecard.characteristics:
        assert " ".join(characteristic.question.split()) in text
        rows = [row for row in characteristic.rows() if row.reason]
        assert [row.reason for row in rows if scorecard.reasons[row.reason or ""] not in text] == []
        assert [row.label for row in characteristic.rows() if row.label not in text] == []


def test_bands_purposes_and_who_is_given_a_score_are_told(tmp_path: Path) -> None:
    text = read(card(tmp_path, LIVE)).text
    assert "low 0 to 4 high 5 to 10" in text
    assert "Whether a home or an item is let to somebody" in text
    assert "count from all that is known: at least 1 else: Nothing is known about you." in text
    answered = "Answered from all that is known: count, of: The rent was left unpaid."
    assert f"{answered} {{count: {{kind: rent.unpaid}}}}" in text
    assert "Rent How the rent was paid. Up to 10 points." in text
    assert "synthetic" not in text


def test_a_scorecard_of_the_lab_says_what_it_is_for_and_leaves_out_what_it_lacks(tmp_path: Path) -> None:
    text = read(card(tmp_path, lab())).text
    assert "For simulations on synthetic people only" in text
    assert "Everybody about whom something is known." in text
    assert "Bands" not in text
    assert "no limits are said" in text


def test_bands_without_a_range_and_one_alone_have_no_limits_to_tell(tmp_path: Path) -> None:
    two = read(card(tmp_path, lab(ONE, "bands: [{below: 5, name: low}, {name: high}]"))).text
    assert "low below 5 high 5 and over" in two
    assert "Bands all Who" in read(card(tmp_path, lab(ONE, "bands: [{name: all}]"))).text


MORE = """
one:
  months: 1
  measure: {days_since: {}}
  advice: false
  attributes: [{below: 30, points: {times: -0.5, plus: 20, rounding: floor}}, {unscorable: OLD}]
  missing: {points: 0}
two:
  months: 6
  measure: {column: income, context: payments}
  attributes: [{points: 3}]
  missing: {points: 1}
three:
  measure: {column: rest}
  attributes: [{points: 3}]
  missing: {points: 1}
four:
  measure: {ratio: rent, to: income}
  attributes: [{points: 3}]
  missing: {points: 1}
both:
  measure: {cross: [one, two]}
  attributes: [{when: {one: {missing: true}}, points: 1}, {points: 2}]
each:
  measure: {count: {}}
  points_each: {points: 2, cap: 6}
"""
RULE = "[{measure: {days_since: {}}, months: 12, at_most: 90, code: OLD, sentence: Nothing is new}]"


def test_every_form_of_points_and_every_source_of_answers_is_told(tmp_path: Path) -> None:
    head = f"reasons: {{OLD: All is old}}\nreason_points: above\nscorable_when: {RULE}\njurisdiction: us"
    text = read(card(tmp_path, lab(MORE, head + "\nbaseline: {method: mean, points: {two: 2}}"))).text
    for told in (
        "-0.5 x answer + 20",
        "30 and over no score",
        "Not if: All is old",
        "the column 'income' of a table (payments)",
        "the column 'rest' of a table.",
        "the columns 'rent', 'income' of a table.",
        "the answers to one, two together",
        "each event, at most 6 in all 2",
        "Nobody is advised to change this.",
        "from the last month",
        "from the last 6 months",
        "days since from the last 12 months: at most 90 days",
        "most points above the points that the scorecard states as usual",
        "count, of: every kind of event",
        "Law us",
    ):
        assert told in text


def test_what_a_scorecard_says_is_text_and_never_markup(tmp_path: Path) -> None:
    plain = card(tmp_path, LIVE)
    evil = "<script>alert(1)</script>"
    asked = tuple(replace(c, question=evil) for c in plain.characteristics)
    reasons = dict.fromkeys(plain.reasons, evil)
    page = card_page(replace(plain, title=evil, name=evil, reasons=reasons, characteristics=asked), shipped())
    assert not re.search("<script", page)
    assert "&lt;script&gt;" in page


def test_a_category_that_nobody_described_keeps_its_name(tmp_path: Path) -> None:
    scorecard = card(tmp_path, lab(of("{count: {}}", "[{points: 0}]")))
    named = replace(scorecard, characteristics=(replace(scorecard.characteristics[0], category="rent"),))
    assert "rent one" in read(named).text
