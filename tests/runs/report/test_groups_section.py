"""The panel of groups: figures beside the sentence that says what a ratio is and what it is not."""

from dataclasses import replace
from pathlib import Path

from credence.engines.counts.groups import Count
from credence.runs.report.groups import Groups, grouping
from credence.runs.report.groups_section import TELLS, by_group
from credence.runs.report.model import Report
from tests.runs.report.months import first_card, reported
from tests.runs.report.test_page import EVIL, read, told

MEN, WOMEN = Count("men", 100, 80, 50_000, (60, 10)), Count("women", 50, 40, 24_000, (15, 4))
OTHERS, NONE = Count("others", 3, 2, 900, (1, 0)), Count(None, 40, 0, 0, (0, 0))


def grouped(report: Report, counts: tuple[Count, ...], *cut_offs: int) -> Report:
    """The report with its people by sex."""
    found = [replace(one, reaching=one.reaching[: len(cut_offs)]) for one in counts]
    groups = Groups(cut_offs, (grouping("sex", found, cut_offs),))
    return replace(report, cards=(replace(first_card(report), groups=groups),))


def test_groups_are_told_with_shares_ratios_and_what_they_do_not_prove(tmp_path: Path) -> None:
    outline = read(grouped(reported(tmp_path), (MEN, WOMEN, OTHERS, NONE), 600, 700))
    told(
        outline,
        TELLS,
        "sex People Without a score Mean score 600 and above Ratio",
        "men 100 20 % 625.0 60 % 1.000 women 50 20 % 600.0 30 % 0.500 under four fifths",
        "others fewer than 30 people: too few to tell more 3 \N{EN DASH} \N{EN DASH} \N{EN DASH} \N{EN DASH}",
        "in no group 40 100 % \N{EN DASH} 0 % \N{EN DASH}",
        "Bars: the share at or above 600; strokes: four fifths of that of the most favoured group.",
        "At every band, with ratios",
        "sex 600 and above 700 and above men 60 % ratio 1.000 10 % ratio 1.000 "
        "women 30 % ratio 0.500 8 % ratio 0.800 others \N{EN DASH} \N{EN DASH} in no group 0 % 0 %",
    )
    assert len(outline.captions) == outline.tables


def test_a_bar_is_as_long_as_its_share_beside_four_fifths_of_the_greatest(tmp_path: Path) -> None:
    markup = by_group(first_card(grouped(reported(tmp_path), (MEN, WOMEN), 600)))
    assert 'width="144.0"' in markup
    assert 'width="72.0"' in markup
    assert markup.count('d="M115.2 0v14"') == 2
    assert "At every band" not in markup


def test_without_anything_to_compare_there_are_bars_without_a_stroke_and_no_ratio(tmp_path: Path) -> None:
    markup = by_group(first_card(grouped(reported(tmp_path), (MEN, OTHERS), 600)))
    assert 'width="144.0"' in markup
    assert 'class="before"' not in markup
    assert "under four fifths" not in markup


def test_without_a_cut_off_people_and_means_are_told_alone(tmp_path: Path) -> None:
    outline = read(grouped(reported(tmp_path), (MEN, WOMEN)))
    told(outline, "sex People Without a score Mean score men 100 20 % 625.0 women 50 20 % 600.0")
    assert "Bars" not in outline.text


def test_without_a_table_of_groups_there_is_no_panel(tmp_path: Path) -> None:
    report = reported(tmp_path)
    assert by_group(first_card(report)) == ""
    assert TELLS not in read(report).text


def test_names_of_groups_are_text_and_never_markup(tmp_path: Path) -> None:
    evil = tuple(replace(one, group=EVIL) for one in (MEN, OTHERS))
    groups = Groups((600, 700), (grouping(EVIL, evil, (600, 700)),))
    markup = by_group(replace(first_card(reported(tmp_path)), groups=groups))
    assert "<script" not in markup
    assert markup.count("&lt;script&gt;") >= 5
