from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from credence.cli.moments import now
from credence.runs.schedule import Schedule
from tests.cli.commands import Credence, refused
from tests.cli.runs.conftest import NOVEMBER, OCTOBER
from tests.cli.runs.conftest import RUN as WORDS
from tests.scorecards.cards import lab, of, write

RUN = (*WORDS, "runs")
RISK = of("{column: risk}", "[{below: 50, points: 5}, {points: 20}]", "missing: {points: 1}")
HELD = "limits: {unscorable_share_most: 0.01}\n"


def settings(folder: Path, more: str = "") -> Path:
    path = folder / "monthly.yaml"
    path.write_text(f"name: monthly\nlog: log\nruns: runs\nscorecards: [everyday]\n{more}", encoding="utf-8")
    return path


def published(folder: Path) -> Iterator[Path]:
    """The folders of the published runs."""
    return (path.parent for path in sorted((folder / "runs").glob("*/*/manifest.json")))


def test_everybody_is_scored_and_the_scores_are_published(credence: Credence, folder: Path) -> None:
    ran = credence(*RUN, *NOVEMBER)
    (run,) = published(folder)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err.strip()) == (0, "")
    assert lines[0].startswith("The scores as of 2026-11-06, as known at 2")
    assert lines[0].endswith(f"Z, are published in {run}.")
    assert lines[1].startswith("  everyday@1: 63 people, 57 with a score, on average 7")
    assert lines[2] == f"The report: {run / 'report.html'}"
    assert lines[3].startswith("The next run is due on ")
    assert (run / "report.html").is_file()
    scores = duckdb.execute(f"SELECT count(*), count(score) FROM '{run}/everyday/*.parquet'").fetchone()
    assert scores == (63, 57)


def test_with_json_a_program_gets_what_was_published(credence: Credence, folder: Path) -> None:
    facts = credence(*RUN, *NOVEMBER, "--json").facts
    (run,) = published(folder)
    assert (facts["published"], facts["fresh"], facts["breaches"], facts["name"]) == (True, True, [], None)
    assert (facts["as_of"], facts["folder"]) == ("2026-11-06", str(run))
    (card,) = facts["scorecards"]
    assert (card["scorecard"], card["people"], card["scored"]) == ("everyday", 63, 57)
    assert set(facts) == {
        "name", "published", "fresh", "report", "next", "breaches", "folder", "run", "hash", "as_of",
        "known_at", "snapshot", "published_at", "accepted", "scorecards",
    }  # fmt: skip
    again = credence(*RUN, *NOVEMBER, "--json").facts
    assert again == facts | {"fresh": False}


def test_a_run_is_compared_with_the_last_one(credence: Credence, folder: Path) -> None:
    assert "since" not in credence(*RUN, *OCTOBER).out
    assert " since 2026-10-06).\n" in credence(*RUN, *NOVEMBER).out
    assert len(list(published(folder))) == 2


def test_the_same_again_does_nothing_says_so_and_is_done(credence: Credence, folder: Path) -> None:
    credence(*RUN, *NOVEMBER)
    (run,) = published(folder)
    ran = credence(*RUN, *NOVEMBER)
    assert (ran.code, list(published(folder))) == (0, [run])
    assert ran.out.startswith("Nothing to do. The scores as of 2026-11-06, as known at ")


def test_without_a_date_the_run_that_is_due_is_made(credence: Credence, folder: Path) -> None:
    facts = credence(*RUN, "--json").facts
    today = now().date()
    assert facts["as_of"] == str(Schedule(6).due(today))
    assert facts["next"] == str(Schedule(6).next(today))


def test_the_settings_day_goes_before_the_scorecards(credence: Credence, folder: Path) -> None:
    facts = credence("run", "--settings", settings(folder, "schedule: {day: 1}"), "--json").facts
    assert (facts["as_of"], facts["name"]) == (str(now().date().replace(day=1)), "monthly")


def test_options_go_before_the_settings(credence: Credence, folder: Path) -> None:
    path = settings(folder, "engine: local\n")
    (folder / "elsewhere").mkdir()
    facts = credence("run", "suining", "--settings", path, "--out", "others", *NOVEMBER, "--json").facts
    assert [card["scorecard"] for card in facts["scorecards"]] == ["suining"]
    assert facts["folder"].startswith(str(folder / "others"))


def test_a_run_on_a_day_that_no_scorecard_states_has_no_next(credence: Credence, folder: Path) -> None:
    ran = credence("run", "suining", "--log", "log", "--out", "runs", *NOVEMBER)
    assert ran.code == 0
    assert "next run" not in ran.out


def test_a_later_known_at_makes_a_new_run_beside_the_old_one(credence: Credence, folder: Path) -> None:
    for known_at in ("2026-10-06T00:00:00Z", "2026-11-06T00:00:00Z"):
        assert credence(*RUN, *OCTOBER, "--known-at", known_at).code == 0
    early, late = published(folder)
    scores = [
        duckdb.execute(f"SELECT score FROM '{run}/everyday/*.parquet' WHERE person_id = 'hu'").fetchone()
        for run in (early, late)
    ]
    assert scores == [(825,), (860,)]
    assert credence(*RUN, *OCTOBER).out.startswith("Nothing to do.")


def test_limits_hold_scores_back_with_a_sentence_each(credence: Credence, folder: Path) -> None:
    ran = credence("run", "--settings", settings(folder, HELD), *NOVEMBER)
    said = refused(ran).splitlines()
    assert said[0] == "The scores as of 2026-11-06 are not published: a limit was passed."
    assert said[1].startswith("- everyday: 9.52 % of the people have no score, and the limit is 1 %")
    assert said[3].startswith("If the scores are right, run the same with --accept REASON.")
    assert Path(said[2].removeprefix("The report: ")).is_file()
    assert list(published(folder)) == []


def test_with_json_what_is_held_back_is_an_error_with_the_facts(credence: Credence, folder: Path) -> None:
    ran = credence("run", "--settings", settings(folder, HELD), *NOVEMBER, "--json")
    assert (ran.code, ran.err.strip(), ran.facts["error"]) == (2, "", "held_back")
    (breach,) = ran.facts["breaches"]
    assert (breach["limit"], breach["allowed"]) == ("unscorable_share_most", 0.01)
    assert breach["sentence"] in ran.facts["sentence"]
    assert (ran.facts["published"], ran.facts["fresh"]) == (False, True)
    assert ran.facts["scorecards"][0]["people"] == 63


def test_what_was_held_back_is_published_for_a_reason(credence: Credence, folder: Path) -> None:
    path = settings(folder, HELD)
    held = credence("run", "--settings", path, *NOVEMBER, "--json").facts
    ran = credence("run", "--settings", path, *NOVEMBER, "--accept", "It is a small town.")
    assert ran.code == 1
    assert "A limit was passed; they are published nevertheless: It is a small town.\n" in ran.out
    assert "- everyday: 9.52 % of the people have no score" in ran.out
    again = credence("run", "--settings", path, *NOVEMBER, "--json")
    assert (again.code, again.facts["accepted"]) == (0, "It is a small town.")
    assert (again.facts["run"], again.facts["known_at"]) == (held["run"], held["known_at"])


def test_a_run_that_was_held_back_is_left_for_a_new_one(credence: Credence, folder: Path) -> None:
    held = credence("run", "--settings", settings(folder, HELD), *NOVEMBER, "--json").facts
    fresh = credence("run", "--settings", settings(folder), *NOVEMBER, "--afresh", "--json").facts
    assert fresh["published"]
    assert fresh["known_at"] > held["known_at"]
    again = credence("run", "--settings", settings(folder), *NOVEMBER, "--json").facts
    assert (again["run"], again["fresh"]) == (fresh["run"], False)


def test_scores_that_nobody_has_are_held_back(credence: Credence, folder: Path) -> None:
    said = refused(credence(*RUN, "--as-of", "1990-01-01"))
    assert "- everyday: 100 % of the people have no score, and the limit is 90 %" in said
    said = refused(credence(*RUN, *NOVEMBER, "--known-at", "2000-01-01"))
    assert "- everyday: 100 % of the people have no score" in said


def test_a_table_of_people_stands_beside_the_log(credence: Credence, folder: Path) -> None:
    card = write(folder, lab(RISK))
    (folder / "people.csv").write_text("person_id,risk\nana,10\nben,60\n", encoding="utf-8")
    words = ("run", card, "--log", "log", "--out", "runs", *NOVEMBER)
    assert refused(credence(*words)).endswith("(risk): give it with --people TABLE.")
    assert credence(*words, "--people", "people.csv", "--json").facts["scorecards"][0]["people"] == 63


def test_groups_are_compared_in_the_report(credence: Credence, folder: Path) -> None:
    credence(*RUN, *NOVEMBER)
    (first,) = published(folder)
    people = sorted(
        one for (one,) in duckdb.execute(f"SELECT person_id FROM '{first}/everyday/*.parquet'").fetchall()
    )
    rows = "".join(f"{one},{'ab'[n % 2]}\n" for n, one in enumerate(people))
    (folder / "groups.csv").write_text(f"person_id,half\n{rows}", encoding="utf-8")
    words = ("run", "--settings", settings(folder, "groups: groups.csv\n"), *NOVEMBER, "--afresh")
    run = Path(credence(*words, "--cut-off", "700", "--json").facts["folder"])
    said = credence("runs", "report", run).out
    assert "Groups: the lowest ratio of 700 and above to the most favoured\n  half, " in said
    settings(folder, "groups: groups.csv\nlimits: {group_ratio_least: 1}\n")
    held = credence(*words, "--cut-off", "700")
    assert "(group_ratio_least). Look at the groups, " in refused(held)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Say what to score with: "),
        (("everyday",), "Say whom to score: "),
        (("everyday", "--log", "log"), "Say where the folder of all runs is: "),
        (("everyday", "--log", "log", "--out", "file"), "--out is file, which is a file."),
        (("everyday", "--log", "log", "--out", "log/runs"), "--out is log/runs, which is in the log (log)."),
        ((*RUN[1:], "--engine", "duckdb"), "'duckdb' is no engine: name local, "),
        ((*RUN[1:], "--as-of", "soon"), "--as-of is 'soon', which cannot be read."),
        ((*RUN[1:], "--known-at", "now"), "--known-at is 'now', which cannot be read."),
        ((*RUN[1:], "--known-at", "2999-01-01"), "--known-at is "),
        ((*RUN[1:], "--people", "none.csv"), "There is no file at none.csv"),
        ((*RUN[1:], "--people", "log"), "--people is log, which is a folder."),
        ((*RUN[1:], "--groups", "none.csv"), "There is no file at none.csv"),
        ((*RUN[1:], "--groups", "log"), "--groups is log, which is a folder."),
        ((*RUN[1:], "--cut-off", "0"), "--cut-off 0 compares groups: give them with --groups TABLE."),
        ((*RUN[1:], "--settings", "none.yaml"), "There is no file at none.yaml"),
        ((*RUN[1:], "--accept", " "), "--accept is empty."),
        (("suining", *RUN[2:]), "Say when: "),
        (("everyday", "suining", *RUN[2:]), "Say when: "),
        (("everyday", "everyday@1", *RUN[2:]), "'everyday' is given twice"),
        (("evryday", *RUN[2:]), "There is no scorecard named 'evryday'"),
        (("everyday", "--log", "none", "--out", "runs"), "There is no event log at none"),
    ],
)
def test_what_is_not_complete_or_cannot_be_is_refused_before_anything_is_made(
    credence: Credence, folder: Path, words: tuple[str, ...], sentence: str
) -> None:
    (folder / "file").touch()
    assert refused(credence("run", *words)).startswith(sentence)
    assert not (folder / "runs").exists()


def test_a_day_that_has_not_come_where_the_log_is_is_refused(credence: Credence, folder: Path) -> None:
    later = now().date() + timedelta(days=2)
    said = refused(credence(*RUN, "--as-of", later))
    assert said.startswith(f"--as-of is {later}, which is in the future: it is ")
    assert said.endswith(" where the log is (UTC). Ask again then.")


def test_faults_of_the_settings_are_told_with_their_lines(credence: Credence, folder: Path) -> None:
    said = refused(credence("run", "--settings", settings(folder, "engine: 3\nday: 6\n")))
    assert "2 faults:\n  line 5, engine: " in said
    assert "\n  line 6, day: 'day' is not known here." in said
