import re
from html.parser import HTMLParser

from credence.training.evidence import Evidence
from credence.training.report.page import report_page
from credence.training.report.section import Grid, Picture, Section

MADE = [("table", "a<b.csv"), ("made by", "`credence train`")]
CALM = Section("calm", "Nothing <here>", ("All is well.",), {})
GRIDS = (
    Grid("Narrow", ("What", "A"), (("x", 1.5), ("y", None), ("z", 12.25))),
    Grid("Wide", ("What", "A", "B", "C", "D", "E"), (("<x>", 1, 2_000, 3.0, "text", None),)),
)
PICTURE = Picture("A picture", "<svg class=one></svg>", "It shows > nothing.")
LOUD = Section("loud", "Look", ("Something is wrong.", "And more."), {}, GRIDS, (PICTURE,), warns=True)
# Elements that have no end.
VOID = {"meta", "rect", "path", "polyline", "circle"}


class Balanced(HTMLParser):
    """Checks that every element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_a_page_is_one_file_without_scripts_or_hosts(by_time: Evidence) -> None:
    page = report_page("Mine & yours", by_time.figures, [CALM, LOUD], MADE)
    assert page.startswith("<!doctype html>")
    assert not re.search(r"<script|https?://|<link|<img|@import|url\(", page)
    parser = Balanced()
    parser.feed(page.removeprefix("<!doctype html>"))
    assert parser.open == []
    assert "Mine &amp; yours" in page
    assert "Nothing &lt;here&gt;" in page
    assert "a&lt;b.csv" in page


def test_what_warns_stands_first_and_leads_to_its_section(by_time: Evidence) -> None:
    page = report_page("Mine", by_time.figures, [CALM, LOUD], MADE)
    assert '<li><a href="#loud">Look</a>: Something is wrong.</li>' in page
    assert page.index("1 warning") < page.index('id="calm"') < page.index('id="loud"')
    assert "Read the warnings before it is used" in page


def test_a_page_where_nothing_warns_says_so(by_chance: Evidence) -> None:
    page = report_page("Mine", by_chance.figures, [CALM], MADE)
    assert "Nothing found that warns" in page
    assert "1 warning" not in page


def test_figures_of_rows_held_out_count_first(by_time: Evidence, by_chance: Evidence) -> None:
    later = by_time.figures.out_of_time
    assert later is not None
    page = report_page("Mine", by_time.figures, [], MADE)
    assert f"<dd>{later.auc:.4f}<small>on later rows, held out" in page
    assert f"out of fold {by_time.figures.auc:.4f}" in page
    assert "Judged by the rows from 2022-08-01 to 2022-12-01" in page
    plain = report_page("Mine", by_chance.figures, [], MADE)
    assert f"<dd>{by_chance.figures.auc:.4f}<small>out of 5 folds" in plain


def test_numbers_of_a_column_have_as_many_decimals_as_the_longest(by_chance: Evidence) -> None:
    page = report_page("Mine", by_chance.figures, [LOUD], MADE)
    assert "<td>1.50</td>" in page
    assert "<td>12.25</td>" in page
    assert "<td>\N{EN DASH}</td>" in page
    assert '<th scope="row">&lt;x&gt;</th><td>1</td><td>2,000</td><td>3</td><td>text</td>' in page


def test_nothing_is_told_without_a_sign(by_chance: Evidence) -> None:
    moved = Section(
        "drift", "Moved", ("How far.",), {}, (Grid("Moved", ("of", "by"), (("a", -0.0), ("b", 0.25))),)
    )
    page = report_page("Mine", by_chance.figures, [moved], MADE)
    assert "<td>0.00</td>" in page
    assert "-0.00" not in page


def test_a_picture_says_what_it_shows_and_stands_beside_a_narrow_table(by_chance: Evidence) -> None:
    page = report_page("Mine", by_chance.figures, [LOUD], MADE)
    assert 'aria-label="It shows &gt; nothing."' in page
    assert '<section class="panel "><h3>A picture' in page
    alone = Section("x", "X", ("Y.",), {}, GRIDS[1:], (PICTURE,))
    assert '<section class="panel single"><h3>A picture' in report_page("Z", by_chance.figures, [alone], MADE)
