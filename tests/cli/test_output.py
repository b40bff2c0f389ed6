from datetime import date
from pathlib import Path

import pytest

from credence import EventLog, load_scorecard
from credence.cli.output import check_readable, check_writable, print_json, progress, say, statement_facts
from credence.engines.moment import Moment
from credence.errors import SourceNotFoundError, UsageError
from credence.scoring.explain import explain
from tests.world import AS_OF, LATER, event, record


def test_a_line_is_said_as_it_is_even_where_it_looks_like_markup(capsys: pytest.CaptureFixture[str]) -> None:
    say("[bold]ana[/bold] :smile: \x1b[2J")
    assert capsys.readouterr().out == "[bold]ana[/bold] :smile: \ufffd[2J\n"


def test_a_value_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"day": date(2026, 11, 6), "text": "信\n用"})
    assert capsys.readouterr().out == '{"day":"2026-11-06","text":"信\\n用"}\n'


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Scoring") as report:
        report(1, 2)
    assert capsys.readouterr().err.strip() == ""


def test_a_result_goes_into_a_folder_that_exists(tmp_path: Path) -> None:
    check_writable("--out", tmp_path / "scores.parquet")
    check_writable("--html", None)
    with pytest.raises(UsageError, match="there is no folder"):
        check_writable("--out", tmp_path / "none" / "scores.parquet")
    with pytest.raises(UsageError, match="which is a folder"):
        check_writable("--out", tmp_path)


def test_a_file_to_read_is_there_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check_readable("The file", tmp_path / "file")
    with pytest.raises(UsageError, match="which is a folder"):
        check_readable("The file", tmp_path)
    with pytest.raises(SourceNotFoundError):
        check_readable("The file", tmp_path / "none")


def test_the_facts_of_a_statement_say_instants_with_their_offset(log: EventLog) -> None:
    record(log, event("bill.paid", "2026-11-01", "b1", days_late=0))
    statement = explain(load_scorecard("everyday"), log, "ana", Moment(AS_OF, LATER))
    facts = statement_facts(statement)
    assert facts["known_at"] == "2026-11-20T00:00:00Z"
    assert facts["as_of"] == "2026-11-06"
