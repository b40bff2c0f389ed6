"""Loading a policy: where it is found, its hash, and every fault told at once in these words."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.decisions import cells, load
from credence.decisions.load import find_policy, load_policy, load_policy_text, shipped_policies
from credence.errors import DefinitionError, PolicyNotFoundError
from credence.scorecards.load import load_scorecard
from credence.scorecards.model import Scorecard
from tests.characteristics.reading import words
from tests.decisions.policies import CARDS, TWO, policy, text
from tests.scorecards.cards import LIVE, write

GOLDEN = CARDS.parent
PIECES = ["", "\t", ": ", "- ", "[", "}", "'", "true", "-1", "1e99", "{}", "[]", "\n", "?", "score", "above"]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_policy_is_told_in_these_words(path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_policy(path, words())
    told = str(caught.value).replace(str(path), path.name)
    assert told + "\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@settings(max_examples=60)
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=4
    )
)
def test_a_policy_changed_at_random_loads_or_has_faults(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[float, int, str]]
) -> None:
    rules = text(TWO)
    head = rules.index("rows")
    for where, length, piece in edits:
        start = head + int(where * (len(rules) - head))
        rules = rules[:start] + piece + rules[start + length :]
    path = tmp_path_factory.getbasetemp() / "policy.yaml"
    path.write_text(rules, encoding="utf-8")
    with suppress(DefinitionError):
        assert load_policy(path, words()).rows


def test_a_scorecard_is_named_by_its_shipped_name_or_lies_beside_the_policy(tmp_path: Path) -> None:
    (tmp_path / "rent").mkdir()
    write(tmp_path / "rent", LIVE.replace("version: 1", "version: 7"))
    (tmp_path / "policy.yaml").write_text(
        text(TWO.replace("50", "5")).replace(f"{CARDS / 'small'}.yaml", "rent")
        + "purpose: rental_agreement\n"
    )
    beside = load_policy(tmp_path / "policy.yaml", words())
    assert (beside.scorecard.name, beside.scorecard.version, beside.setting) == ("rent", 7, "live")
    assert load_policy("zhima/car_rental@1", words()).scorecard.name == "zhima"


def test_the_hash_changes_with_the_rules_and_with_the_scorecard(tmp_path: Path) -> None:
    first = policy(tmp_path).definition_hash
    assert policy(tmp_path, TWO + "# A remark.\n").definition_hash == first
    assert policy(tmp_path, TWO.replace("50", "51")).definition_hash != first
    assert policy(tmp_path, TWO.replace("500", "501")).definition_hash != first
    other = (CARDS / "small.yaml").read_text().replace("version: 1", "version: 2")
    (tmp_path / "other.yaml").write_text(other)
    (tmp_path / "policy.yaml").write_text(text(TWO).replace(f"{CARDS / 'small'}.yaml", "other.yaml"))
    assert load_policy(tmp_path / "policy.yaml", words()).definition_hash != first


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library whose policy `rent/deposit` is at version 3, with version 1 kept."""
    folder = tmp_path / "library" / "rent" / "policies"
    (folder / "deposit").mkdir(parents=True)
    (folder / "deposit.yaml").write_text(text(TWO).replace("version: 1", "version: 3"))
    (folder / "deposit" / "1.yaml").write_text(text(TWO))
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("rent/deposit", "deposit.yaml"),
        ("rent/deposit@3", "deposit.yaml"),
        ("rent/deposit@1", "deposit/1.yaml"),
    ],
)
def test_an_old_version_lies_in_a_folder_of_the_policys_name(library: Path, name: str, file: str) -> None:
    assert find_policy(name, library) == library / "rent" / "policies" / file


@pytest.mark.parametrize("name", ["rent/deposit@2", "rent/deposit@x", "rent/depsit", "x" * 5000, "a\0b"])
def test_what_is_not_there_is_answered_with_what_is(library: Path, name: str) -> None:
    with pytest.raises(PolicyNotFoundError, match="Shipped policies: rent/deposit"):
        find_policy(name, library)


def test_the_perks_and_the_friends_rule_are_shipped() -> None:
    assert {"friends/loan", "zhima/car_rental", "zhima/visa_luxembourg"} <= set(shipped_policies())


def test_terms_are_texts_and_numbers(tmp_path: Path) -> None:
    rules = policy(tmp_path, TWO.replace("limit: 500", "limit: 500, rate: 0.5, how: monthly"))
    assert rules.rows[0].outcome.terms == {"limit": 500, "rate": 0.5, "how": "monthly"}


def test_every_key_and_cell_of_a_policy_is_told_and_what_is_shown_loads(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")
    assert all(f"| `{key}` |" in page for key in (*load.REQUIRED, *load.OPTIONAL))
    assert all(f"| `{cell}: " in page for cell in cells.CELLS)
    assert all(f"{test}" in page for test in cells.TESTS)
    example = tmp_path / "example.yaml"
    example.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert load_policy(example).setting == "live"


def test_a_text_is_loaded_like_a_file_and_finds_its_scorecard_by_what_is_given() -> None:
    card = load_scorecard(CARDS / "small.yaml", words())
    named: list[str] = []

    def find(name: str) -> Scorecard:
        named.append(name)
        return card

    found = load_policy_text(text(TWO), "trial", find, words())
    assert named == [f"{CARDS / 'small'}.yaml"]
    assert found.scorecard is card
    with pytest.raises(DefinitionError, match="trial has 1 fault"):
        load_policy_text(text("rows: []"), "trial", find, words())
