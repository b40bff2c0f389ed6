"""Finding a scorecard's file and reading it: all faults at once, each with its path and line."""

from dataclasses import MISSING, Field, fields, is_dataclass, replace
from fractions import Fraction
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import msgspec

from credence.errors import ScorecardNotFoundError
from credence.events.vocabulary import ANYWHERE, Vocabulary, shipped
from credence.scorecards import live, texts, whole
from credence.scorecards.attributes import read_whole
from credence.scorecards.bands import read_bands, read_range
from credence.scorecards.baselines import SIDES, read_baseline
from credence.scorecards.characteristics import read_characteristics
from credence.scorecards.model import Category, Scorecard
from credence.scorecards.requirements import read_rules
from credence.yaml_file import Node, parse, read, settle

LIBRARY = Path(str(files("credence"))) / "library"
FILE = "scorecard.yaml"
SETTINGS = ("live", "lab")
REQUIRED = ("name", "version", "title", "points_base", "characteristics")
OPTIONAL = (
    "setting", "purpose", "range", "scorable_when", "reasons", "bands", "categories",
    "jurisdiction", "evaluated_on_day", "baseline", "reason_points", "reasons_always",
)  # fmt: skip


def shipped_names(library: Path = LIBRARY) -> list[str]:
    """The names of the scorecards that come with Credence."""
    return sorted(path.parent.name for path in library.glob(f"*/{FILE}"))


def find(name: str, library: Path = LIBRARY) -> Path:
    """The file of a scorecard: a shipped name, a shipped name@version, a file or a folder.

    A shipped name wins over a file or folder of that name; `./name` means the latter.

    Raises:
        ScorecardNotFoundError: There is none.
    """
    plain, at, version = name.partition("@")
    if plain in shipped_names(library):
        path = _version(library / plain, version) if at else library / plain / FILE
    else:
        path = next((path for path in (Path(name), Path(name) / FILE) if _is_file(path)), None)
    if path is None:
        raise ScorecardNotFoundError(name, shipped_names(library))
    return path


def _version(folder: Path, version: str) -> Path | None:
    """The file of one version: old ones have a folder of their own below the current one's."""
    current = folder / FILE
    if str(read(current).entries()["version"].value) == version:
        return current
    old = folder / version / FILE
    return old if version.isdecimal() and old.is_file() else None


def _is_file(path: Path) -> bool:
    """Whether a file lies there; a path too long for the system is no file."""
    try:
        return path.is_file()
    except OSError:
        return False


def load_scorecard(
    name: str | Path, vocabulary: Vocabulary | None = None, language: str | None = None
) -> Scorecard:
    """Load a scorecard by its shipped name or its path.

    Args:
        name: A shipped name (`everyday`, `everyday@1`), or the path of a file or its folder.
        vocabulary: The kinds it may name; the shipped ones by default.
        language: The language of its texts; those of the file by default.

    Raises:
        ScorecardNotFoundError: There is no such scorecard.
        DefinitionError: The file has faults; all of them are told.
    """
    path = find(str(name))
    scorecard = _loaded(read(path), str(path), vocabulary)
    return texts.translated(scorecard, path, language) if language else scorecard


def load_text(text: str, name: str, vocabulary: Vocabulary | None = None) -> Scorecard:
    """Load a scorecard from the text of a definition; faults call it by a name.

    Raises:
        DefinitionError: The text has faults; all of them are told.
    """
    return _loaded(parse(text, name), name, vocabulary)


def _loaded(node: Node, name: str, vocabulary: Vocabulary | None) -> Scorecard:
    words = vocabulary or shipped()
    scorecard = read_scorecard(node, words)
    settle(node, name)
    return replace(scorecard, definition_hash=_hash(scorecard, words))


def _hash(scorecard: Scorecard, words: Vocabulary) -> str:
    content = msgspec.json.encode([_content(scorecard), words.hash], order="sorted")
    return sha256(content).hexdigest()


def _content(part: object) -> object:
    """A definition as plain values with the names of its types.

    What is as if it had not been written is left out, so that a new key of the format moves no hash.
    """
    if is_dataclass(part):
        given = {f.name: getattr(part, f.name) for f in fields(part)}
        told = {f.name: _content(given[f.name]) for f in fields(part) if given[f.name] != _default(f)}
        return [type(part).__name__, told]
    if isinstance(part, dict):
        return {key: _content(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_content(value) for value in part]
    return str(part) if isinstance(part, Fraction) else part


def _default(field: "Field[object]") -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def read_scorecard(node: Node, words: Vocabulary) -> Scorecard:
    """Read a definition; what is wrong with it is noted in its nodes."""
    entries = node.keyed(REQUIRED, OPTIONAL)
    setting = entries["setting"].choice(SETTINGS) if "setting" in entries else ""
    scorecard = Scorecard(
        name=entries["name"].text() if "name" in entries else "",
        version=entries["version"].integer(1) if "version" in entries else 1,
        title=entries["title"].text() if "title" in entries else "",
        setting=setting,
        points_base=read_whole(entries["points_base"]) if "points_base" in entries else 0,
        characteristics=read_characteristics(entries.get("characteristics"), words),
        purpose=tuple(entries["purpose"].words()) if "purpose" in entries else (),
        range=read_range(entries.get("range")),
        scorable_when=read_rules(entries.get("scorable_when"), words),
        reasons={code: child.text() for code, child in _entries(entries.get("reasons"))},
        bands=read_bands(entries.get("bands")),
        categories={name: _category(child) for name, child in _entries(entries.get("categories"))},
        jurisdiction=_jurisdiction(entries.get("jurisdiction"), words),
        evaluated_on_day=entries["evaluated_on_day"].integer(1, 31)
        if "evaluated_on_day" in entries
        else None,
        barred_kinds=live.barred_kinds(words) if setting == "live" else (),
        baseline=read_baseline(entries.get("baseline")),
        reason_points=entries["reason_points"].choice(SIDES) if "reason_points" in entries else SIDES[0],
        reasons_always=tuple(entries["reasons_always"].words()) if "reasons_always" in entries else (),
    )
    whole.check(entries, scorecard)
    live.check(node, entries, scorecard, words)
    return scorecard


def _entries(node: Node | None) -> list[tuple[str, Node]]:
    return [] if node is None else list(node.entries().items())


def _category(node: Node) -> Category:
    entries = node.keyed(["title", "meaning"])
    title, meaning = (entries[key].text() if key in entries else "" for key in ("title", "meaning"))
    return Category(title, meaning)


def _jurisdiction(node: Node | None, words: Vocabulary) -> str:
    """Whose law says how long an event counts: one that the vocabulary knows."""
    known = {place for kind in words.kinds.values() for place in kind.counts_for}
    return ANYWHERE if node is None else node.choice(sorted(known | {ANYWHERE}))
