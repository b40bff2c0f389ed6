"""Exports from the file to the log: nothing is lost, and nothing is taken twice."""

import csv
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence import EventLog, Moment, explain, load_scorecard
from credence.errors import DefinitionError, IntakeError
from credence.events.exports.facts import Source, sort_lines
from credence.events.exports.rules import rules_for
from credence.events.exports.take import COLUMNS, EXPORTS, ExportOptions, ExportReport, import_export
from credence.events.vocabulary import shipped
from tests.events.exports.samples import COUNTS, FORMS, export, movements
from tests.world import AS_OF, LATER, NOW


def take(
    log: EventLog, folder: Path, form: str, data: bytes | None = None, person: str = "ana"
) -> ExportReport:
    path = folder / f"{form}.export"
    path.write_bytes(export(form) if data is None else data)
    told = folder / f"{form}.rejects.csv", folder / f"{form}.uncategorised.csv"
    return import_export(log, path, NOW, ExportOptions(form, person, None, *told))


def held(log: EventLog, person: str = "ana") -> list[tuple[str, str]]:
    return sorted((str(event["event_id"]), str(event["kind"])) for event in log.events_of(person))


def counted(report: ExportReport) -> int:
    """How many lines are accounted for."""
    taken = report.taken
    verdicts = sum(taken.total(name) for name in ("accepted", "repeated", "conflicts", "rejected"))
    return verdicts + taken.torn + sum(count for _, count, _ in report.ignored) + len(report.uncategorised)


@pytest.mark.parametrize("form", FORMS)
def test_every_line_of_a_month_is_accounted_for(log: EventLog, tmp_path: Path, form: str) -> None:
    report = take(log, tmp_path, form)
    taken = report.taken.total("accepted"), sum(n for _, n, _ in report.ignored), len(report.uncategorised)
    assert taken == COUNTS[form]
    assert report.lines == sum(COUNTS[form]) == counted(report)
    assert report.taken.sentences == []


@pytest.mark.parametrize("form", FORMS)
def test_the_same_file_again_changes_nothing(log: EventLog, tmp_path: Path, form: str) -> None:
    take(log, tmp_path, form)
    before = held(log)
    again = take(log, tmp_path, form)
    assert (again.taken.total("accepted"), again.taken.total("conflicts")) == (0, 0)
    assert held(log) == before


@pytest.mark.parametrize("form", ["ofx", "wechat"])
def test_overlapping_files_are_the_same_in_any_order(tmp_path: Path, form: str) -> None:
    rows = movements(form)
    parts = [export(form, rows[:6]), export(form, rows[3:])]
    forth, back = EventLog.create(tmp_path / "forth"), EventLog.create(tmp_path / "back")
    for log, order in ((forth, parts), (back, parts[::-1])):
        reports = [take(log, tmp_path, form, part) for part in order]
        assert [report.taken.total("conflicts") for report in reports] == [0, 0]
        assert [counted(report) for report in reports] == [report.lines for report in reports]
    assert held(forth) == held(back)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_however_a_month_is_cut_into_files_its_events_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{form}.cut"
    rows = [row for row in movements(form) for _ in range(data.draw(st.integers(1, 2)))]
    cuts = sorted(data.draw(st.tuples(*[st.integers(0, len(rows))] * 2)))
    source = Source(form, "ana", rules_for(shipped()), shipped())

    def events(chosen: list[str]) -> dict[str, object]:
        path.write_bytes(export(form, chosen))
        found = sort_lines(EXPORTS[form](path).lines, source)
        return {str(row["event_id"]): row for _, row in found.events}

    parts = data.draw(st.permutations([rows[: cuts[1]], rows[cuts[0] :], rows]))
    whole = events(rows)
    assert {key: row for part in parts for key, row in events(part).items()} == whole


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_becomes_of_a_file_it_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: st.DataObject
) -> None:
    whole = export(form)
    at, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    path = tmp_path_factory.getbasetemp() / f"{form}.torn"
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=4)) + whole[end:])
    with suppress(IntakeError, DefinitionError):
        found = EXPORTS[form](path)
        rows = [line.row for line in found.lines] + [torn.row for torn in found.torn]
        assert sorted(rows) == list(range(1, len(rows) + 1))


def test_two_lines_that_say_the_same_are_two_events_in_any_overlap(log: EventLog, tmp_path: Path) -> None:
    tea = "<STMTTRN><TRNTYPE>POS<DTPOSTED>20261004<TRNAMT>-2.50<FITID><NAME>TEA</STMTTRN>\n"
    first = take(log, tmp_path, "ofx", export("ofx", [tea, tea]))
    second = take(log, tmp_path, "ofx", export("ofx", [movements("ofx")[0], tea, tea]))
    assert (first.taken.total("accepted"), second.taken.total("accepted")) == (3, 1)


def test_two_people_may_have_the_same_account(log: EventLog, tmp_path: Path) -> None:
    take(log, tmp_path, "ofx")
    assert take(log, tmp_path, "ofx", person="ben").taken.total("accepted") == COUNTS["ofx"][0]


def test_a_torn_line_and_a_refused_one_are_told_by_their_rows(log: EventLog, tmp_path: Path) -> None:
    rows = movements("alipay")
    wrong = [rows[1].replace("18.00", "1,800"), rows[4].replace("2026-10-06", "2036-10-06"), rows[3]]
    report = take(log, tmp_path, "alipay", export("alipay", [rows[9], *wrong]))
    assert (report.lines, counted(report), report.taken.total("accepted")) == (4, 4, 1)
    with (tmp_path / "alipay.rejects.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["row"], row["sentence"][:20]) for row in csv.DictReader(file)]
    assert told == [("2", "the row has 14 cells"), ("3", "occurred_at lies aft")]


def test_lines_that_no_rule_takes_are_told_with_all_they_say(log: EventLog, tmp_path: Path) -> None:
    report = take(log, tmp_path, "ofx", export("ofx").replace(b"J SMITH", b"=J SMITH"))
    assert report.told is not None
    with report.told.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["account"] == "****3210"
    assert (rows[1]["row"], rows[1]["amount"], rows[1]["direction"]) == ("9", "30.00", "out")
    assert (rows[1]["counterparty"], rows[1]["reference"], rows[1]["category"]) == (
        "'=J SMITH",
        "F-9",
        "DEBIT",
    )
    assert "9876543210" not in report.told.read_text(encoding="utf-8-sig")


def test_nothing_is_told_where_every_line_is_taken(log: EventLog, tmp_path: Path) -> None:
    report = take(log, tmp_path, "ofx", export("ofx", movements("ofx")[:2]))
    assert (report.told, report.uncategorised, report.ignored) == (None, (), ())
    assert list(tmp_path.glob("*.csv")) == []


def test_ones_own_rules_take_what_the_shipped_ones_do_not(log: EventLog, tmp_path: Path) -> None:
    rules, path = tmp_path / "rules.yaml", tmp_path / "a.ofx"
    rules.write_text(
        "version: 1\nrules:\n"
        "  - {when: {counterparty: j smith}, kind: transfer.sent}\n"
        "  - {when: {text: online transfer}, ignore: it went to my savings}\n",
        encoding="utf-8",
    )
    path.write_bytes(export("ofx"))
    report = import_export(log, path, NOW, ExportOptions("ofx", "ana", rules))
    assert (report.uncategorised, report.ignored) == ((), (("it went to my savings", 1, 8),))


def test_without_a_place_to_tell_them_uncategorised_lines_are_only_reported(
    log: EventLog, tmp_path: Path
) -> None:
    (tmp_path / "a.ofx").write_bytes(export("ofx"))
    report = import_export(log, tmp_path / "a.ofx", NOW, ExportOptions("ofx", "ana"))
    assert (len(report.uncategorised), report.told) == (2, None)


def test_a_correction_of_the_bank_hides_what_it_corrects(log: EventLog, tmp_path: Path) -> None:
    said = "<TRNTYPE>POS<DTPOSTED>20261007<TRNAMT>0<FITID>F-4b<CORRECTFITID>F-4<CORRECTACTION>DELETE"
    gone = f"<STMTTRN>{said}</STMTTRN>\n"
    take(log, tmp_path, "ofx", export("ofx", [movements("ofx")[3], gone]))
    shop, mark = (event for event in log.events_of("ana") if "balance" not in event)
    assert (shop["kind"], mark["action"], mark["target"]) == ("card.used", "retracts", shop["event_id"])


def test_no_number_of_an_account_enters_the_log(log: EventLog, tmp_path: Path) -> None:
    for form in FORMS:
        take(log, tmp_path, form)
    said = " ".join(str(value) for event in log.events_of("ana") for value in event.values())
    assert not [number for number in ("9876543210", "DE0212030", "4000123412341234") if number in said]


def test_a_file_that_breaks_off_leaves_the_log_as_it_was(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError):
        take(log, tmp_path, "camt", export("camt")[:-40])
    assert log.snapshot is None


def test_from_an_export_to_a_statement_that_adds_up(log: EventLog, tmp_path: Path) -> None:
    months = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
    rows = [
        row.replace("2026-10", month).replace("R-", f"R-{month}-")
        for month in months
        for row in movements("camt")
    ]
    assert counted(take(log, tmp_path, "camt", export("camt", rows))) == len(months) * 11 + 1
    statement = explain(load_scorecard("everyday"), log, "ana", Moment(AS_OF, LATER))
    answers = {line.characteristic: line.answer for line in statement.lines}
    assert statement.score == statement.points_base + sum(line.points or 0 for line in statement.lines)
    assert (answers["months_with_income"], answers["regular_payments"]) == ("6 months", "6 months")
    # No statement says when anything was due.
    assert [line.missing for line in statement.lines if line.characteristic == "paid_on_time"] == [True]
