import json
from pathlib import Path

import duckdb
import pytest

from tests.cli.commands import AS_OF, Credence, refused
from tests.cli.test_decide import POLICY


@pytest.fixture
def files(tmp_path: Path, credence: Credence, town: Path) -> Path:
    """A folder with two policies, groups, and the scores of the town."""
    (tmp_path / "deposit.yaml").write_text(POLICY.replace("50", "850"), encoding="utf-8")
    (tmp_path / "strict.yaml").write_text(POLICY.replace("50", "900"), encoding="utf-8")
    rows = "".join(f"person-{n:03},{'north' if n % 2 else 'south'}\n" for n in range(1, 61))
    (tmp_path / "groups.csv").write_text(f"person_id,group\n{rows}", encoding="utf-8")
    assert credence("score", "everyday", "--log", town / "log", *AS_OF, "--out", "scores.parquet").code == 0
    return tmp_path


def test_the_shipped_policies_are_listed(credence: Credence) -> None:
    assert "zhima/bikes@1  A shared bike without a deposit (lab)\n" in credence("policies", "list").out
    facts = [json.loads(line) for line in credence("policies", "list", "--json").out.splitlines()]
    assert {"friends/loan", "zhima/bikes"} <= {fact["name"] for fact in facts}
    assert all(set(fact) == {"name", "version", "title", "scorecard", "setting", "purpose"} for fact in facts)


def test_a_policy_is_shown_row_by_row(credence: Credence) -> None:
    said = credence("policies", "show", "zhima/visa_luxembourg").out
    assert said.startswith(
        "A visa for Luxembourg with fewer papers (visa_luxembourg version 1, lab), on zhima version 1\n"
        "It holds from 2015-07-10.\n\n1. score at least 750, to 2017-06-08\n"
        "   fewer_papers (papers fewer): Your score is at least 750"
    )
    assert "\nOtherwise\n   all_papers (papers all): " in said
    said = credence("policies", "show", "friends/loan").out
    assert "It holds" not in said
    assert "\nWhere something is not known\n   ask: " in said


def test_with_json_a_policy_has_its_rows_and_its_hash(credence: Credence) -> None:
    facts = credence("policies", "show", "zhima/suzhou_bikes", "--json").facts
    assert (facts["scorecard"], facts["hit"], facts["valid_from"]) == ("zhima@1", "first", "2016-11-23")
    assert len(facts["rows"]) == 4
    assert facts["rows"][0]["asks"] == [
        "score at least 600",
        "bad record of the last five years absent",
    ]
    assert len(facts["definition_hash"]) == 64
    assert facts["otherwise"] is None


def test_a_policy_without_faults_is_said_to_be_whole(credence: Credence, files: Path) -> None:
    ran = credence("policies", "check", "deposit.yaml")
    assert ran.code == 0
    assert ran.out == "deposit@2: 3 rows; everybody is decided about, and every row is reached.\n"
    assert credence("policies", "check", "deposit.yaml", "--json").facts == {
        "name": "deposit",
        "version": 2,
        "rows": 3,
    }


def test_a_policy_with_faults_is_refused_with_all_of_them(credence: Credence, files: Path) -> None:
    (files / "deposit.yaml").write_text(
        POLICY.replace("up_to: 50", "below: 400").replace("above: 50", "above: 400"), encoding="utf-8"
    )
    said = refused(credence("policies", "check", "deposit.yaml"))
    assert "Nobody is told what happens at score 400" in said


def test_own_kinds_are_known_where_they_are_given(credence: Credence, files: Path) -> None:
    (files / "kinds.yaml").write_text(
        "version: 1\nkinds:\n  gym.paid: {title: Paid, context: payments, speaks: for}\n", encoding="utf-8"
    )
    assert credence("policies", "check", "deposit.yaml", "--vocabulary", "kinds.yaml").code == 0
    words = ("decide", "deposit.yaml", "ana", "--scores", "scores.parquet", "--vocabulary", "kinds.yaml")
    sentence = refused(credence(*words))
    assert sentence.startswith("scores.parquet: its scores were made by another everyday@1, or with a vocab")


def test_a_back_test_counts_who_would_pass(credence: Credence, files: Path) -> None:
    words = ("policies", "back-test", "deposit.yaml", "--scores", "scores.parquet")
    facts = credence(*words, "--json").facts
    people, passing = facts["all"]["people"], facts["all"]["passing"]
    assert people == 63
    assert 0 < passing < people
    assert sum(facts["outcomes"].values()) == sum(facts["rows"].values()) == people
    assert sum(of["people"] for of in (facts["bands"] | facts["without_score"]).values()) == people
    assert (facts["groups"], facts["against"]) == ({}, None)
    said = credence(*words).out
    assert said.startswith(f"deposit@2: {passing:,} of 63 pass (")
    assert "\nBy band\n  building " in said
    assert "\nWithout a score\n  few_events " in said
    assert "By group" not in said


def test_a_band_in_which_nobody_is_says_so(credence: Credence, files: Path) -> None:
    ana = f"SELECT * FROM '{files / 'scores.parquet'}' WHERE person_id = 'ana'"
    duckdb.execute(f"COPY ({ana}) TO '{files / 'ana.parquet'}' (FORMAT parquet)")
    said = credence("policies", "back-test", "deposit.yaml", "--scores", "ana.parquet").out
    assert "  building              0 of 0 pass (nobody there)\n" in said
    assert "Without a score" not in said


def test_a_back_test_against_another_policy_says_who_is_swapped(credence: Credence, files: Path) -> None:
    words = (
        "policies",
        "back-test",
        "deposit.yaml",
        "--scores",
        "scores.parquet",
        "--against",
        "strict.yaml",
    )
    swap = credence(*words, "--json").facts["against"]
    assert swap["only_first"] > 0
    assert swap["only_second"] == 0
    assert sum(swap.values()) == 63
    again = credence(*words, "--against-scores", "scores.parquet", "--json").facts["against"]
    assert again == swap
    assert f"\nAgainst strict.yaml, pass\n  both              {swap['both']:>10}\n" in credence(*words).out


def test_a_group_that_passes_much_less_often_is_marked(credence: Credence, files: Path) -> None:
    words = ("policies", "back-test", "deposit.yaml", "--scores", "scores.parquet", "--groups", "groups.csv")
    said = credence(*words).out
    assert "\nBy group\n  north " in said
    assert "\n  in no group           2 of 3 pass (66.7 %)\n" in said
    (files / "groups.csv").write_text("person_id,group\nana,settled\nlin,new\n", encoding="utf-8")
    said = credence(*words).out
    assert "  new                   0 of 1 pass (0 %)  less than four fifths of the best\n" in said
    assert "  settled               1 of 1 pass (100 %)\n" in said


def test_other_scores_need_another_policy(credence: Credence, files: Path) -> None:
    words = ("--scores", "scores.parquet", "--against-scores", "scores.parquet")
    said = refused(credence("policies", "back-test", "deposit.yaml", *words))
    assert said == "--against-scores is for another policy: name it with --against POLICY."
