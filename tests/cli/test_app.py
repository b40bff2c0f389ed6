"""What holds of every command: exit codes, and sentences in place of tracebacks."""

import os
import signal
import subprocess
import sys
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from credence import EventLog
from credence.cli import main
from credence.cli.app import app
from tests.cli.commands import AS_OF, Credence, refused
from tests.world import event, record

SCRIPT = Path(sys.executable).with_name("credence")


def test_help_names_every_command(credence: Credence) -> None:
    ran = credence("--help")
    assert ran.code == 0
    assert all(name in ran.out for name in ("score", "explain", "demo", "events", "scorecards"))


@pytest.mark.parametrize("words", [["--wrong"], ["score", "--wrong"], ["explain"], ["events", "nonsense"]])
def test_a_wrong_option_is_told_without_a_traceback(credence: Credence, words: list[str]) -> None:
    ran = credence(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: " in ran.err
    assert "Traceback" not in ran.err


def test_with_json_a_wrong_option_is_one_object(credence: Credence) -> None:
    ran = credence("score", "everyday", "--json", "--wrong")
    assert (ran.code, ran.err) == (2, "")
    assert ran.facts["error"] == "usage"
    assert "No such option: --wrong" in ran.facts["sentence"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["explain", "everyday", "ana", "--log", "none", *AS_OF], "log_not_found"),
        (["explain", "everyday", "nobody", "--log", "log", *AS_OF], "person_not_found"),
        (["explain", "none", "ana", "--log", "log", *AS_OF], "scorecard_not_found"),
        (["explain", "everyday", "ana", "--log", "log", "--as-of", "today"], "moment"),
        (["explain", "everyday", "ana", "--log", "log", *AS_OF, "--baseline", "none"], "usage"),
        (["explain", "everyday", "ana", "--log", "log", *AS_OF, "--baseline", "cutoff"], "cutoff_missing"),
        (
            ["score", "everyday", "--log", "log", "--at", "none.csv", "--out", "out.parquet"],
            "source_not_found",
        ),
        (["events", "import", "none.csv", "--log", "log"], "source_not_found"),
        (["scorecards", "show", "broken.yaml"], "definition"),
    ],
)
def test_every_failure_is_a_sentence_and_with_json_one_object(
    credence: Credence, log: EventLog, tmp_path: Path, words: list[str], code: str
) -> None:
    record(log, event("bill.paid", "2026-11-01", "b1", days_late=0))
    (tmp_path / "broken.yaml").write_text("name: broken", encoding="utf-8")
    sentence = refused(credence(*words))
    ran = credence(*words, "--json")
    assert (ran.code, ran.err) == (2, "")
    assert set(ran.facts) == {"error", "sentence"}
    assert ran.facts["error"] == code
    # Two readings of the clock may differ in what is "now".
    assert ran.facts["sentence"][:24] == sentence[:24]


def test_what_the_system_refuses_is_a_sentence(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "events.csv").touch()
    assert refused(credence("events", "import", "events.csv", "--log", "file")) == "file: Not a directory."


def test_an_argument_that_is_no_text_is_refused(credence: Credence) -> None:
    assert refused(credence("scorecards", "show", "\udcff")) == "'\ufffd' is not text in UTF-8."


def test_standard_output_need_not_be_a_terminal_or_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["credence", "scorecards", "list"])
    with redirect_stdout(StringIO()) as out, pytest.raises(SystemExit):
        main()
    assert "everyday@1" in out.getvalue()


def test_the_console_script_says_what_the_function_says(credence: Credence, tmp_path: Path) -> None:
    ran = subprocess.run(
        [SCRIPT, "scorecards", "show", "none"], capture_output=True, text=True, env=os.environ, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == credence("scorecards", "show", "none").err


def test_what_the_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    ran = subprocess.run(
        [SCRIPT, "scorecards", "show", "everyday", "--language", "zh"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert rb"\u65e5\u5e38\u4fe1\u7528" in ran.stdout


def test_ctrl_c_stops_with_a_sentence(log: EventLog) -> None:
    words = [str(SCRIPT), "events", "erase", "ana", "--log", str(log.folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, env=os.environ) as process:
        assert process.stderr is not None
        assert process.stderr.read(5) == b"Erase"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        # Its input stays open until it has ended: the end of it would be an answer, too.
        process.wait(timeout=30)
        said = process.stderr.read()
    assert process.returncode == 2
    assert said.decode().endswith("Stopped. Everything acknowledged so far is safe.\n")
    assert b"Traceback" not in said


def test_a_query_that_is_interrupted_is_stopped_and_another_fault_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ends_with(words: str) -> None:
        raise RuntimeError(words)

    # A command of its own, registered as ours are.
    monkeypatch.setattr(app, "registered_commands", list(app.registered_commands))
    app.command("end")(ends_with)
    monkeypatch.setattr(sys, "argv", ["credence", "end", "Query interrupted"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Stopped. Everything acknowledged so far is safe.\n"
    monkeypatch.setattr(sys, "argv", ["credence", "end", "a fault of ours"])
    with pytest.raises(RuntimeError, match="a fault of ours"):
        main()
