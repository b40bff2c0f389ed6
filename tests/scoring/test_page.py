from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from credence import EventLog, load_scorecard
from credence.engines.moment import Moment
from credence.scoring.explain import explain
from credence.scoring.page import page
from credence.scoring.statement import Statement, StatementReason
from tests.world import LATER, event, record

VOID = {"meta", "br", "link", "img", "input"}
HOSTILE = "<script>alert('ana')</script>\"&"


class Reader(HTMLParser):
    """Notes tags left open or closed wrongly, all tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag: str) -> None:
        self.wrong += [] if self.open and self.open.pop() == tag else [tag]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert (reader.open, reader.wrong) == ([], [])
    return reader


@pytest.fixture
def settled(log: EventLog) -> Statement:
    """The statement of somebody with a year of bills and one that is unpaid."""
    paid = [event("bill.paid", f"2026-{month:02}-01", f"b{month}", days_late=0) for month in range(1, 11)]
    record(log, *paid, event("bill.unpaid", "2026-09-15", "u", due_date="2026-08-15"))
    return explain(load_scorecard("everyday"), log, "ana", Moment(date(2026, 11, 6), LATER))


@pytest.fixture
def new(log: EventLog) -> Statement:
    """The statement of somebody of whom one thing is known."""
    record(log, event("bill.paid", "2026-11-01", "n", "lin", days_late=0))
    return explain(load_scorecard("everyday"), log, "lin", Moment(date(2026, 11, 6), LATER))


def test_a_page_is_well_formed_and_needs_nothing_from_outside(settled: Statement, new: Statement) -> None:
    html = page("Statements", "Two people", [("Ana", settled), ("Lin", new)])
    tags = read(html).tags
    assert html.startswith("<!doctype html>")
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags}
    assert not {"src", "href", "onclick", "onload"} & {name for _, said in tags for name in said}
    assert not any(outside in html for outside in ("http:", "https:", "url(", "@import"))


def test_a_hostile_id_and_hostile_texts_are_only_text(settled: Statement) -> None:
    line = replace(settled.lines[0], question=HOSTILE, answer=HOSTILE, furnishers=(HOSTILE,))
    reasons = (StatementReason("X", HOSTILE, 1.0),)
    hostile = replace(settled, title=HOSTILE, band=HOSTILE, lines=(line, *settled.lines[1:]), reasons=reasons)
    found = read(page(HOSTILE, HOSTILE, [(HOSTILE, hostile)]))
    assert "script" not in {tag for tag, _ in found.tags}
    assert "".join(found.text).count(HOSTILE) == 11


def test_the_points_on_a_page_add_up(settled: Statement) -> None:
    text = " ".join(read(page("t", "l", [("Ana", settled)])).text)
    assert f"Everyone starts with {settled.points_base}" in text
    assert all(f"{line.points:+d} of {line.points_most}" in text for line in settled.lines)
    assert f"Your score {settled.score}" in text
    assert "What keeps it from being higher" in text
    assert "What keeps it from being lower" in page(
        "t", "l", [("Ana", replace(settled, reason_points="above"))]
    )


def test_the_meter_says_its_numbers_in_words(settled: Statement) -> None:
    (meter,) = [said for tag, said in read(page("t", "l", [("Ana", settled)])).tags if tag == "meter"]
    text = f"{settled.score} of 350 to 950, band {settled.band}"
    assert meter == {"min": "350", "max": "950", "value": str(settled.score), "aria-label": text}


def test_without_a_score_a_page_shows_no_number_but_what_is_wanting(new: Statement) -> None:
    found = read(page("t", "l", [("Lin", new)]))
    text = " ".join(found.text)
    assert "Not enough is known yet" in text
    assert "Known: 1; needed: at least 6." in text
    assert "Everyone starts with" not in text
    assert not {"meter"} & {tag for tag, _ in found.tags}
    assert "What keeps it" not in text


def test_what_a_statement_lacks_is_left_out(settled: Statement) -> None:
    bare = replace(settled, range=None, band=None, categories=None, next_evaluation=None, reasons=())
    lines = tuple(replace(line, points_most=None, category=None) for line in settled.lines)
    found = read(page("t", "l", [("Ana", replace(bare, lines=lines))]))
    text = " ".join(found.text)
    assert "meter" not in {tag for tag, _ in found.tags}
    assert not any(word in text for word in ("None", "Next evaluation", " of 90", "What keeps"))


def test_a_day_is_never_broken_over_two_lines(settled: Statement) -> None:
    assert "counts until <time>2027-10-02</time>" in page("t", "l", [("Ana", settled)])
