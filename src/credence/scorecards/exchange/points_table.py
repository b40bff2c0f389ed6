"""The points of a scorecard as a table for spreadsheets (CSV), and back.

One row an attribute. A cell under a test or under points is written as it stands in the scorecard's file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from credence.errors import DefinitionError, Fault, SourceNotFoundError, nearest
from credence.events.vocabulary import Vocabulary
from credence.scorecards.load import find, read_scorecard
from credence.scorecards.model import Characteristic, Scorecard
from credence.scorecards.written import definition_of, yaml_text
from credence.yaml_file import Node, parse, read, settle

TESTS = ("below", "up_to", "in", "when")
MISSING, EACH = "missing", "each"
COLUMNS = (
    "characteristic",
    "attribute",
    "label",
    *TESTS,
    MISSING,
    EACH,
    "points",
    "cap",
    "reason",
    "unscorable",
)
NEEDED = ("characteristic", "points")
# What is read as it stands, not as a value of YAML.
TEXTS = ("label", "reason", "unscorable")
Cells = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A row of the table and the line on which it ends."""

    line: int
    cells: Cells


def to_rows(scorecard: Scorecard) -> list[Cells]:
    """The table's rows; `attribute` is the name in results, which is told and not read again."""
    definition = definition_of(scorecard)["characteristics"]
    assert isinstance(definition, dict), "characteristics are a mapping"
    return [cells for c in scorecard.characteristics for cells in _rows(c, definition[c.name])]


def to_csv(scorecard: Scorecard) -> str:
    """The table as CSV."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(to_rows(scorecard))
    return text.getvalue()


def _rows(characteristic: Characteristic, entries: dict[str, object]) -> Iterator[Cells]:
    written = entries.get("attributes", [])
    assert isinstance(written, list), "attributes are a list"
    each, missing = entries.get("points_each"), entries.get(MISSING)
    given = [*written, *([each | {EACH: True}] if isinstance(each, dict) else [])]
    given += [missing | {MISSING: True}] if isinstance(missing, dict) else []
    for row, parts in zip(characteristic.rows(), given, strict=True):
        yield {"characteristic": characteristic.name, "attribute": row.label} | {
            "in" if name == "equals" else name: str(part) if name in TEXTS else value_text(part)
            for name, part in parts.items()
        }


def value_text(value: object) -> str:
    """A value on one line, as it stands in a scorecard's file."""
    return yaml_text({"measure": value}).removeprefix("measure: ").removesuffix("\n")


def with_points(name: str, table: Path, words: Vocabulary) -> Scorecard:
    """The scorecard with the rows of a table in place of its own; characteristics not in it stay.

    Args:
        name: The scorecard: a shipped name or a path.
        table: A file as `to_csv` writes it.
        words: The kinds that the scorecard may name.

    Raises:
        SourceNotFoundError: There is no such table.
        DefinitionError: The table has faults, or the scorecard would have; all of them are told.
    """
    faults: list[Fault] = []
    rows = _read(table, faults)
    path = find(name)
    node = read(path)
    changed = _replaced(node, rows, faults)
    scorecard = read_scorecard(changed, words)
    if faults:
        raise DefinitionError(str(table), faults)
    settle(node, str(path))
    return scorecard


def _read(table: Path, faults: list[Fault]) -> list[Row]:
    try:
        text = table.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(str(table), [Fault(1, "", "The file is not UTF-8 text.")]) from None
    except OSError:
        raise SourceNotFoundError(table) from None
    first = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if ";" in first else ",", restkey="")
    names = list(reader.fieldnames or ())
    for column in [name for name in names if name not in COLUMNS]:
        sentence = f"'{column}' is no column of points.{nearest(column, list(COLUMNS))}"
        faults.append(Fault(1, "", f"{sentence} Columns: {', '.join(COLUMNS)}."))
    faults += [Fault(1, "", f"The column '{column}' is missing.") for column in NEEDED if column not in names]
    return [] if faults else [Row(reader.line_num, _cells(row, reader.line_num, faults)) for row in reader]


def _cells(row: dict[str, str], line: int, faults: list[Fault]) -> Cells:
    """The cells that say something; cells beyond the last column stand under no name."""
    if "" in row:
        faults.append(Fault(line, "", "has more cells than there are columns."))
    return {name: cell.strip() for name, cell in row.items() if name and cell and cell.strip()}


def _replaced(node: Node, rows: list[Row], faults: list[Fault]) -> Node:
    """The scorecard's file with other rows for the characteristics of the table."""
    entries = node.entries()
    asked = entries["characteristics"].entries()
    tables: dict[str, list[Row]] = {}
    for row in rows:
        name = row.cells.get("characteristic", "")
        if name in asked:
            tables.setdefault(name, []).append(row)
        elif row.cells:
            sentence = f"'{name}' is no characteristic of the scorecard.{nearest(name, list(asked))}"
            faults.append(Fault(row.line, "characteristic", sentence))
    others = {name: _characteristic(asked[name], table, faults) for name, table in tables.items()}
    characteristics = replace(entries["characteristics"], value=asked | others)
    return replace(node, value=entries | {"characteristics": characteristics})


def _characteristic(node: Node, rows: list[Row], faults: list[Fault]) -> Node:
    kept = {
        key: child
        for key, child in node.entries().items()
        if key not in ("attributes", "points_each", MISSING)
    }
    attributes: list[Node] = []
    for row in rows:
        key = next((key for key in (MISSING, EACH) if key in row.cells), "")
        place = {MISSING: MISSING, EACH: "points_each"}.get(key, f"attributes[{len(attributes) + 1}]")
        if place in kept:
            faults.append(Fault(row.line, f"{node.path}.{place}", "stands there twice: keep one row."))
        given = _row(row, f"{node.path}.{place}", faults)
        if key:
            kept[place] = given
        else:
            attributes.append(given)
    if attributes:
        kept["attributes"] = Node(list(attributes), f"{node.path}.attributes", rows[0].line, faults)
    return Node(kept, node.path, rows[0].line, faults)


def _row(row: Row, path: str, faults: list[Fault]) -> Node:
    """An attribute as it would stand in the scorecard's file."""
    read_ones = {
        name: _cell(name, cell, Node(None, f"{path}.{name}", row.line, faults))
        for name, cell in row.cells.items()
        if name not in ("characteristic", "attribute", MISSING, EACH)
    }
    return Node(read_ones, path, row.line, faults)


def _cell(name: str, cell: str, place: Node) -> Node:
    if name in TEXTS:
        return replace(place, value=cell)
    try:
        read_one = parse(cell, place.path)
    except DefinitionError as error:
        place.fault(error.faults[0].sentence)
        return place
    return _placed(read_one, place)


def _placed(node: Node, place: Node) -> Node:
    """A node of a cell at the cell's place."""
    value = node.value
    if isinstance(value, dict):
        parts = {
            key: _placed(part, replace(place, path=f"{place.path}.{key}")) for key, part in value.items()
        }
        return replace(place, value=parts)
    if isinstance(value, list):
        items = [
            _placed(item, replace(place, path=f"{place.path}[{n}]")) for n, item in enumerate(value, start=1)
        ]
        return replace(place, value=items)
    return replace(place, value=value)
