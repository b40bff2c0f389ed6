"""Plain values as readable YAML: one line an attribute, a measure or a band."""

import unicodedata
from fractions import Fraction

import yaml

from credence.scorecards.lines import said
from credence.yaml_file import DECIMAL, INTEGER, WORDS

# What stands on a line of its own, in brackets or braces.
ON_A_LINE = {"purpose", "range", "reasons_always", "measure", "missing", "points_each", "baseline"}
# Lists and mappings whose items do.
ITEMS_ON_A_LINE = {"attributes", "bands", "categories"}
WIDTH = 1_000_000
# Characters that break lines or steer a terminal are written as escapes.
HIDDEN = ("Cc", "Cf", "Zl", "Zp")


class _Dumper(yaml.SafeDumper):
    """Indents lists below their names, as the shipped files do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - PyYAML's own signature
        super().increase_indent(flow, False)  # noqa: FBT003


def yaml_text(definition: dict[str, object]) -> str:
    """The text of a definition, which is read as the same values."""
    text = str(yaml.serialize(_mapping(definition), Dumper=_Dumper, allow_unicode=True, width=WIDTH))
    # PyYAML leaves some as they are in a text in double quotes, though none beyond the first 65,536.
    return "".join(f"\\u{ord(c):04x}" if is_hidden(c) and c != "\n" else c for c in text)


def is_hidden(letter: str) -> bool:
    """Whether a character is not seen, but does something to what is around it."""
    return unicodedata.category(letter) in HIDDEN


def _mapping(entries: dict[str, object], *, line: bool = False, items: bool = False) -> yaml.MappingNode:
    pairs = [
        (_scalar(key), _node(value, line=line or items or key in ON_A_LINE, items=key in ITEMS_ON_A_LINE))
        for key, value in entries.items()
    ]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=line)


def _node(value: object, *, line: bool, items: bool) -> yaml.Node:
    if isinstance(value, dict):
        return _mapping(value, line=line, items=items)
    if isinstance(value, list | tuple):
        nodes = [_node(item, line=line or items, items=False) for item in value]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", nodes, flow_style=line)
    return _scalar(value)


def _scalar(value: object) -> yaml.ScalarNode:
    """A value on its own; a text that would be read as something else is quoted."""
    if isinstance(value, str):
        return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=_style(value))
    if isinstance(value, bool) or value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:bool", str(value).lower())
    assert isinstance(value, int | Fraction), "nothing else stands in a definition"
    number = Fraction(value)
    kind = "int" if number.denominator == 1 else "float"
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", said(number))


def _style(text: str) -> str | None:
    """The quotes of a text: double ones for escapes, single ones where it would be read as something else."""
    if any(map(is_hidden, text)):
        return '"'
    return "'" if text in WORDS or INTEGER.fullmatch(text) or DECIMAL.fullmatch(text) else None
