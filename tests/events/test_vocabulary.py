import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from credence.errors import DefinitionError
from credence.events.vocabulary import CountsFor, Field, Kind, extended, extended_by_text, shipped

BOOKS = """
version: 1
fields:
  pages: {type: integer, title: Pages}
  genre: {type: choice, title: Genre, values: [novel, poem]}
kinds:
  book.read:
    title: A book was read
    context: conduct
    speaks: for
    required: [pages]
    optional: [genre, amount, currency, due_date]
    counts_for:
      any: {months: 60, from: occurred_at}
      us: {days: 180, months: 84, from: occurred_at}
"""


class Broken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    case: str
    vocabulary: str
    faults: str


GOLDEN = (Path(__file__).parent / "golden" / "vocabularies.yaml").read_text(encoding="utf-8")
BROKEN = [pytest.param(broken, id=broken.case) for broken in msgspec.yaml.decode(GOLDEN, type=list[Broken])]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_vocabulary_is_told_all_its_faults_at_once(broken: Broken) -> None:
    with pytest.raises(DefinitionError) as caught:
        extended_by_text(shipped(), broken.vocabulary, "own.yaml")
    assert "".join(f"{fault}\n" for fault in caught.value.faults) == broken.faults


def test_the_shipped_vocabulary_loads() -> None:
    words = shipped()
    assert words.kinds["bill.paid"].required == ("days_late",)
    assert words.fields["amount"] == Field("amount", "money", "Amount")
    assert words.contexts["credit"] == "Credit"


def test_marks_are_not_counted() -> None:
    counted = shipped().counted()
    assert "bill.paid" in counted
    assert not [kind for kind in counted if kind.startswith("mark.")]


def test_every_kind_with_money_names_its_currency_and_every_amount_has_a_title() -> None:
    words = shipped()
    for kind in words.kinds.values():
        money = [name for name in kind.fields if words.fields[name].type == "money"]
        assert not money or "currency" in kind.fields, kind.name
        assert kind.title
        assert kind.context in words.contexts


def test_a_jurisdiction_without_a_limit_of_its_own_has_the_one_for_any() -> None:
    collection, payment = (shipped().kinds[name] for name in ("account.in_collection", "payment.settled"))
    assert collection.limit("us") == CountsFor(84, 180, "date_first_delinquency")
    assert collection.limit("cz") == collection.limit("any") == CountsFor(60, 0, "occurred_at")
    assert payment.limit("us") is None


def test_a_users_file_adds_fields_and_kinds(tmp_path: Path) -> None:
    path = tmp_path / "books.yaml"
    path.write_text(BOOKS, encoding="utf-8")
    words = extended(shipped(), path)
    assert words.fields["genre"] == Field("genre", "choice", "Genre", ("novel", "poem"))
    limits = {"any": CountsFor(60, 0, "occurred_at"), "us": CountsFor(84, 180, "occurred_at")}
    optional = ("genre", "amount", "currency", "due_date")
    expected = Kind("book.read", "A book was read", "conduct", "for", ("pages",), optional, limits)
    assert words.kinds["book.read"] == expected
    assert words.kinds.keys() - {"book.read"} == shipped().kinds.keys()


def test_the_same_definition_again_changes_nothing() -> None:
    once = extended_by_text(shipped(), BOOKS, "books.yaml")
    assert extended_by_text(once, BOOKS, "other.yaml") == once


def test_another_definition_of_a_users_own_kind_is_refused() -> None:
    once = extended_by_text(shipped(), BOOKS, "books.yaml")
    with pytest.raises(DefinitionError, match=r"line 8, kinds\.book\.read: The vocabulary already has this"):
        extended_by_text(once, BOOKS.replace("speaks: for", "speaks: against"), "books.yaml")


def test_faults_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "books.yaml"
    path.write_text("fields: {}\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        extended(shipped(), path)
    assert str(caught.value) == f"{path} has 1 fault:\n  line 1: 'version' is missing."


def test_the_hash_changes_with_what_a_vocabulary_says() -> None:
    words = shipped()
    assert words.hash == shipped().hash
    assert words.hash != extended_by_text(words, BOOKS, "books.yaml").hash


def test_the_hash_is_the_same_in_every_process() -> None:
    command = "from credence.events.vocabulary import shipped; print(shipped().hash)"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True)
    assert told.stdout.strip() == shipped().hash
