"""The published schema and the loader agree on what a scorecard's file looks like."""

import json
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from credence.characteristics.measures import READERS
from credence.errors import DefinitionError
from credence.events.vocabulary import shipped
from credence.scorecards.characteristics import OPTIONAL as OF_A_CHARACTERISTIC
from credence.scorecards.exchange.schema import schema
from credence.scorecards.load import LIBRARY, OPTIONAL, REQUIRED
from credence.scorecards.written import definition_of
from credence.yaml_file import Node, parse
from tests.engines.random_worlds import random_scorecard
from tests.scorecards.cards import LIVE, lab

ROOT = Path(__file__).parents[3]
GOLDEN = Path(__file__).parents[1] / "golden"
TEMPLATE = ROOT / "src" / "credence" / "scorecards" / "template" / "scorecard.yaml"
SHIPPED = [*sorted(LIBRARY.rglob("scorecard.yaml")), TEMPLATE]
# Faults between parts that are each as they must be: only the loader knows of them.
BETWEEN_PARTS = {"limits_that_do_not_rise", "points_beyond_the_range", "when_outside_cross"}
jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
VALIDATOR = jsonschema.Draft202012Validator(schema(shipped()))


def plain(node: Node) -> object:
    """A file's values as a validator of JSON takes them."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return float(node.value) if isinstance(node.value, Decimal) else node.value


def is_valid(text: str) -> bool:
    """Whether a file is YAML, and the schema has nothing against it."""
    try:
        node = parse(text, "scorecard.yaml")
    except DefinitionError:
        return False
    return not node.faults and VALIDATOR.is_valid(plain(node))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema(shipped()))


@pytest.mark.parametrize(
    "path", [*sorted(LIBRARY.rglob("scorecard.yaml")), TEMPLATE], ids=lambda path: path.parent.name
)
def test_every_shipped_scorecard_and_the_template_are_valid(path: Path) -> None:
    found = list(VALIDATOR.iter_errors(plain(parse(path.read_text(encoding="utf-8"), "scorecard.yaml"))))
    assert found == []


@pytest.mark.parametrize("text", [LIVE, lab()])
def test_scorecards_of_the_tests_are_valid(text: str) -> None:
    assert is_valid(text)


@pytest.mark.parametrize("seed", range(40))
def test_scorecards_at_random_are_valid_as_they_are_sent_and_as_they_are_written(
    seed: int, tmp_path: Path
) -> None:
    card = random_scorecard(Random(seed), tmp_path)
    assert is_valid((tmp_path / "random.yaml").read_text(encoding="utf-8"))
    written = json.dumps(definition_of(card), default=float)
    assert is_valid(written)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_scorecard_is_not_valid_unless_its_parts_are(path: Path) -> None:
    assert is_valid(path.read_text(encoding="utf-8")) == (path.stem in BETWEEN_PARTS)


def test_every_key_of_the_loader_is_in_the_schema() -> None:
    told: Any = schema(shipped())
    measures = told["$defs"]["measure"]["oneOf"]
    keys = {tuple(measure["properties"]) for measure in measures}
    assert set(told["properties"]) == {*REQUIRED, *OPTIONAL}
    assert set(told["$defs"]["characteristic"]["properties"]) == {"measure", *OF_A_CHARACTERISTIC}
    assert keys == {(name, *reader.BESIDE) for name, reader in READERS.items()}


def test_the_published_schema_is_the_one_that_is_printed() -> None:
    published = (ROOT / "docs" / "reference" / "scorecard.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(shipped())
