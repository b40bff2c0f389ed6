"""Finding a policy's file and reading it: all faults at once, each with its path and line."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import msgspec

from credence.decisions import coverage, whole
from credence.decisions.cells import read_cells
from credence.decisions.model import FIRST, MEANINGS, UNIQUE, Outcome, Policy, PolicyRow, Term
from credence.decisions.subjects import Subjects, asked, subjects_of
from credence.engines.policies.clauses import Asked
from credence.errors import PolicyNotFoundError, ScorecardNotFoundError, nearest
from credence.events.vocabulary import Vocabulary, shipped
from credence.scorecards.load import FILE, LIBRARY, SETTINGS, load_scorecard, shipped_names
from credence.scorecards.model import Scorecard
from credence.yaml_file import Node, parse, read, settle

FOLDER = "policies"
REQUIRED = ("name", "version", "title", "scorecard", "rows")
OPTIONAL = (
    "setting", "purpose", "valid_from", "valid_to", "hit", "outcomes", "lists", "columns",
    "otherwise", "unknown",
)  # fmt: skip
SAID = ("outcome", "reason")
DATES = ("valid_from", "valid_to")
# Stands in for a scorecard that is not there, so that the other faults of the file are told as well.
NO_CARD = Scorecard("", 1, "", "lab", 0, ())


def shipped_policies(library: Path = LIBRARY) -> list[str]:
    """The names of the policies that come with Credence: the scorecard's folder, a slash, the policy."""
    files = library.glob(f"*/{FOLDER}/*.yaml")
    return sorted(f"{path.parent.parent.name}/{path.stem}" for path in files)


def find_policy(name: str, library: Path = LIBRARY) -> Path:
    """The file of a policy: a shipped name, a shipped name@version, or a file.

    A shipped name wins over a file of that name; `./name` means the latter.

    Raises:
        PolicyNotFoundError: There is none.
    """
    plain, at, version = name.partition("@")
    path: Path | None = Path(name)
    if plain in shipped_policies(library):
        folder, _, policy = plain.partition("/")
        path = library / folder / FOLDER / f"{policy}.yaml"
        if at and str(read(path).entries()["version"].value) != version:
            path = path.with_suffix("") / f"{version}.yaml" if version.isdecimal() else None
    if path is None or not _is_file(path):
        raise PolicyNotFoundError(name, shipped_policies(library))
    return path


def _is_file(path: Path) -> bool:
    """Whether a file lies there; a path too long for the system is no file."""
    try:
        return path.is_file()
    except OSError:
        return False


def load_policy(name: str | Path, vocabulary: Vocabulary | None = None) -> Policy:
    """Load a policy by its shipped name or its path.

    Args:
        name: A shipped name (`zhima/car_rental`, `zhima/car_rental@1`), or the path of a file.
        vocabulary: The kinds that its scorecard may name; the shipped ones by default.

    Raises:
        PolicyNotFoundError: There is no such policy.
        DefinitionError: The file, or its scorecard's, has faults; all of them are told.
    """
    path = find_policy(str(name))
    words = vocabulary or shipped()
    return _loaded(read(path), str(path), lambda card: _beside(card, path, words), words)


def load_policy_text(
    text: str, name: str, card: Callable[[str], Scorecard], vocabulary: Vocabulary | None = None
) -> Policy:
    """Load a policy from the text of a definition; faults call it by a name, and no file is looked for.

    Args:
        text: The definition.
        name: What faults call it.
        card: The scorecard of a name; it raises ScorecardNotFoundError where there is none.
        vocabulary: The kinds that count; the shipped ones by default.

    Raises:
        DefinitionError: The text has faults; all of them are told.
    """
    return _loaded(parse(text, name), name, card, vocabulary or shipped())


def _loaded(node: Node, name: str, find: Callable[[str], Scorecard], words: Vocabulary) -> Policy:
    entries = node.keyed(REQUIRED, OPTIONAL)
    card = _card(entries["scorecard"], find) if "scorecard" in entries else None
    policy = _policy(node, entries, card, words)
    settle(node, name)
    return replace(policy, definition_hash=_hash(policy))


def _hash(policy: Policy) -> str:
    """A hash of all that the file says, and of the scorecard that it names."""
    said = {name: value for name, value in vars(policy).items() if name != "scorecard"}
    content = msgspec.json.encode([said, policy.scorecard.definition_hash], enc_hook=str, order="sorted")
    return sha256(content).hexdigest()


def _beside(name: str, path: Path, words: Vocabulary) -> Scorecard:
    """The scorecard that a file names: a shipped one, or a file or folder beside the policy."""
    shipped_one = name.partition("@")[0] in shipped_names()
    beside = path.parent / name
    here = not shipped_one and any(place.is_file() for place in (beside, beside / FILE))
    return load_scorecard(beside if here else name, words)


def _card(node: Node, find: Callable[[str], Scorecard]) -> Scorecard | None:
    name = node.text()
    try:
        return find(name) if name else None
    except ScorecardNotFoundError:
        hint = nearest(name, shipped_names())
        node.fault(f"There is no scorecard '{name}', neither shipped nor beside the policy.{hint}")
        return None


def _policy(node: Node, entries: dict[str, Node], card: Scorecard | None, words: Vocabulary) -> Policy:
    outcomes = {word: word for word in MEANINGS}
    if "outcomes" in entries:
        outcomes |= {word: child.choice(MEANINGS) for word, child in entries["outcomes"].entries().items()}
    subjects = subjects_of(card or NO_CARD, entries.get("lists"), entries.get("columns"))
    nodes = entries["rows"].items() if "rows" in entries else []
    if "rows" in entries and entries["rows"].value == []:
        entries["rows"].fault("A policy needs at least one row.")
    rows = tuple(_row(child, outcomes, subjects if card else None) for child in nodes)
    valid_from, valid_to = _dates(node, entries)
    policy = Policy(
        name=entries["name"].text() if "name" in entries else "",
        version=entries["version"].integer(1) if "version" in entries else 1,
        title=entries["title"].text() if "title" in entries else "",
        scorecard=card or NO_CARD,
        setting=entries["setting"].choice(SETTINGS) if "setting" in entries else (card or NO_CARD).setting,
        rows=rows,
        outcomes=outcomes,
        purpose=tuple(entries["purpose"].words()) if "purpose" in entries else (),
        valid_from=valid_from,
        valid_to=valid_to,
        hit=entries["hit"].choice([UNIQUE, FIRST]) if "hit" in entries else UNIQUE,
        otherwise=_outcome(entries["otherwise"], outcomes) if "otherwise" in entries else None,
        unknown=_outcome(entries["unknown"], outcomes) if "unknown" in entries else None,
    )
    policy = replace(policy, subjects=tuple(asked(policy)))
    whole.check(node, entries, policy, words)
    # A row with a fault asks something else than was meant: what is left open is told once all can be read.
    if not node.faults:
        coverage.check(policy, entries, nodes)
    return policy


def _row(node: Node, outcomes: dict[str, str], subjects: Subjects | None) -> PolicyRow:
    entries = node.keyed(("when", *SAID), ("terms", *DATES))
    clauses = read_cells(entries["when"], subjects) if "when" in entries and subjects else ()
    asks = Asked(clauses, *_dates(node, entries))
    return PolicyRow(asks, _said(entries, outcomes))


def _outcome(node: Node, outcomes: dict[str, str]) -> Outcome:
    return _said(node.keyed(SAID, ("terms",)), outcomes)


def _said(entries: dict[str, Node], outcomes: dict[str, str]) -> Outcome:
    """An outcome that is one of the three, or a word of the policy's own with its meaning."""
    word = entries["outcome"].text() if "outcome" in entries else ""
    if word and word not in outcomes:
        entries["outcome"].fault(
            f"'{word}' is no outcome.{nearest(word, list(outcomes))} Outcomes: {', '.join(outcomes)}. "
            "Say under 'outcomes' at the top whether a word of your own means accept, refer or decline."
        )
    reason = entries["reason"].text() if "reason" in entries else ""
    terms = entries["terms"].entries() if "terms" in entries else {}
    return Outcome(word, reason, {name: _term(child) for name, child in terms.items()})


def _term(node: Node) -> Term:
    """A term of an outcome: a text or a number."""
    if isinstance(node.value, str):
        return node.text()
    if not isinstance(node.value, int | Decimal) or isinstance(node.value, bool):
        node.fault(f"must be a text or a number, not {node.said()}.")
        return ""
    number = node.number()
    return int(number) if number.denominator == 1 else float(number)


def _dates(node: Node, entries: dict[str, Node]) -> tuple[date | None, date | None]:
    """The first and the last day; both belong to what they limit."""
    first, last = (entries[name].day() if name in entries else None for name in DATES)
    # What is no date stands as the first of all, and was told.
    if first and last and first > last > date.min:
        node.fault(f"'valid_to: {last}' is before 'valid_from: {first}'.")
    return first, last
