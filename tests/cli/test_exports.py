import json
from pathlib import Path

import pytest

from tests.cli.commands import Credence, refused
from tests.events.exports.samples import COUNTS, FORMS, export, movements

IMPORT = ("events", "import")
UNKNOWN = (
    "There is no data set and no export 'pdf'. Known data sets: berka; exports: ofx, camt, alipay, wechat."
)
TOLD = (
    "Every line that no rule takes is told in october.ofx.uncategorised.csv. Write rules, and import again."
)
BARRED = "is only for --as ofx, camt, alipay, wechat. Leave it out."
NOWHERE = "--uncategorised is no/a.csv, but there is no folder no. Make it first."


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    """A month of a bank."""
    (tmp_path / "october.ofx").write_bytes(export("ofx"))
    return tmp_path / "october.ofx"


def test_what_no_rule_takes_is_shown_and_wants_a_look(credence: Credence, statement: Path) -> None:
    ran = credence(*IMPORT, statement, "--as", "ofx", "--person", "ana", "--log", "log")
    assert (ran.code, ran.out.splitlines()) == (
        1,
        [
            "Batch 1: 8 events are safe.",
            "8 new, 0 already there, 0 in conflict, 0 refused.",
            "Of 10 lines, 0 left out and 2 not categorised.",
            "  2 lines not categorised, and not imported:",
            "    row 8, 2026-10-10, -200.00 USD: ONLINE TRANSFER, to 4000123412341234 [XFER]",
            "    row 9, 2026-10-11, -30.00 USD: J SMITH [DEBIT]",
            TOLD,
        ],
    )


def test_with_rules_of_ones_own_nothing_is_left_to_show(
    credence: Credence, statement: Path, tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml").write_text(
        "version: 1\nrules:\n"
        "  - {when: {category: XFER}, ignore: it went to my savings}\n"
        "  - {when: {counterparty: j smith}, kind: transfer.sent}\n",
        encoding="utf-8",
    )
    words = ("--as", "ofx", "--person", "ana", "--rules", "rules.yaml", "--log", "log")
    ran = credence(*IMPORT, statement, *words)
    assert (ran.code, ran.out.splitlines()[1:]) == (
        0,
        [
            "9 new, 0 already there, 0 in conflict, 0 refused.",
            "Of 10 lines, 1 left out and 0 not categorised.",
            "  1 line left out (first: row 8): it went to my savings.",
        ],
    )
    assert not list(tmp_path.glob("*.uncategorised.csv"))


def test_a_line_without_a_text_says_so_and_a_file_that_is_not_whole_wants_a_look(
    credence: Credence, tmp_path: Path
) -> None:
    row = "2026-10-11 09:00:00,新,/,/,/,¥1.00,零钱,支付成功,4200010,1,/\n"
    bill = export("wechat", [movements("wechat")[0], row]).replace("共2笔".encode(), "共9笔".encode())
    (tmp_path / "bill.csv").write_bytes(bill)
    words = ("--as", "wechat", "--person", "ana", "--log", "log", "--uncategorised", "shown.csv")
    ran = credence(*IMPORT, "bill.csv", *words)
    assert ran.code == 1
    assert "    row 2, 2026-10-11, 1.00 CNY: no text [新 支付成功]\n" in ran.out
    assert ran.out.endswith(
        "told in shown.csv. Write rules, and import again.\n"
        "The file says that it has 9 records, and 2 are in it. Is it whole?\n"
    )


@pytest.mark.parametrize("form", FORMS)
def test_programs_are_told_the_same_counts(credence: Credence, tmp_path: Path, form: str) -> None:
    (tmp_path / "export").write_bytes(export(form))
    ran = credence(*IMPORT, "export", "--as", form, "--person", "ana", "--log", "log", "--json")
    facts = json.loads(ran.out.splitlines()[-1])
    accepted, ignored, uncategorised = COUNTS[form]
    assert (facts["accepted"], facts["uncategorised"], facts["lines"]) == (
        accepted, uncategorised, sum(COUNTS[form]),
    )  # fmt: skip
    assert sum(reason["lines"] for reason in facts["ignored"]) == ignored
    assert (facts["uncategorised_file"], facts["notes"]) == ("export.uncategorised.csv", [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--as pdf", UNKNOWN),
        ("--as ofx", "Whose statement is it? Give the person's id: --as ofx --person ID."),
        ("--as berka --person ana", f"--person {BARRED}"),
        ("--rules a.yaml", f"--rules {BARRED}"),
        ("--uncategorised a.csv", f"--uncategorised {BARRED}"),
        ("--as ofx --person ana --backfill", "--backfill is not for --as ofx. Leave it out."),
        ("--as ofx --person ana --timezone UTC", "--timezone is not for --as ofx. Leave it out."),
        ("--as ofx --person ana --rules none.yaml", "There is no file at none.yaml."),
        ("--as ofx --person ana --uncategorised no/a.csv", NOWHERE),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_before_a_log_is_made(
    credence: Credence, statement: Path, tmp_path: Path, words: str, sentence: str
) -> None:
    assert refused(credence(*IMPORT, statement, *words.split(), "--log", "log")) == sentence
    assert not (tmp_path / "log").exists()


def test_what_is_no_export_is_refused_with_what_to_do(credence: Credence, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    ran = credence(*IMPORT, "a.pdf", "--as", "camt", "--person", "ana", "--log", "log")
    assert refused(ran).startswith("a.pdf: it is a PDF, made for printing.")
