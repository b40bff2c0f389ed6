"""LightGBM's text files in the form of its JSON, so that one reader reads both."""

import re
from collections.abc import Mapping

import msgspec

from credence.scorecards.importing.boosted.trees import DEPTH_MOST
from credence.scorecards.importing.files import Source

CATEGORICAL, DEFAULT_LEFT, MISSING_BITS = 1, 2, 2
MISSING = ("None", "Zero", "NaN")
# Categories are bits of whole numbers of 32.
WORD = 32
CATEGORIES = "pandas_categorical:"
TREE = re.compile(r"^Tree=\d+\n", re.MULTILINE)
Lines = Mapping[str, str]


def as_json(source: Source, text: str) -> str:
    """The JSON that says the same as a text file.

    Raises:
        DefinitionError: It is no text file of LightGBM.
    """
    head, *blocks = TREE.split(text.partition("\nend of trees")[0] + "\n")
    said = _lines(head)
    if not head.lstrip().startswith("tree\n") or "objective" not in said:
        source.refuse("", "This is not a file of that tool: one begins with 'tree', and has an 'objective'.")
    trees: list[object] = []
    for number, block in enumerate(blocks):
        lines = _lines(block)
        try:
            node = _node(lines, 0, 0) if int(lines["num_leaves"]) > 1 else _leaf(lines, 0)
        except (LookupError, ValueError) as error:
            source.refuse(f"Tree={number}", f"This tree cannot be read: {error}.")
        trees.append({"tree_structure": node})
    linear = any(_lines(block).get("is_linear", "0") != "0" for block in blocks)
    names, infos = said.get("feature_names", "").split(), said.get("feature_infos", "").split()
    made = {
        "objective": said["objective"],
        "feature_names": names,
        "num_class": int(said["num_class"]) if said.get("num_class", "").isdecimal() else 1,
        "average_output": "average_output" in head.split(),
        "linear_tree": linear,
        "feature_infos": {
            n: {"values": [] if _plain(i) else [0]} for n, i in zip(names, infos, strict=False)
        },
        "pandas_categorical": _categories(source, text),
        "tree_info": trees,
    }
    return msgspec.json.encode(made).decode()


def _lines(block: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in block.splitlines())
    return {name: value for name, equals, value in pairs if equals}


def _plain(info: str) -> bool:
    """Whether a feature is a number, or was of no use."""
    return info.startswith("[") or info == "none"


def _categories(source: Source, text: str) -> object:
    line = next((line for line in text.splitlines() if line.startswith(CATEGORIES)), f"{CATEGORIES}null")
    return source.json(object, line.removeprefix(CATEGORIES))


def _leaf(lines: Lines, number: int) -> dict[str, object]:
    return {"leaf_value": float(lines["leaf_value"].split()[number])}


def _node(lines: Lines, place: int, depth: int) -> dict[str, object]:
    kind = int(lines["decision_type"].split()[place])
    threshold = lines["threshold"].split()[place]
    categorical = bool(kind & CATEGORICAL)
    return {
        "split_feature": int(lines["split_feature"].split()[place]),
        "threshold": "||".join(map(str, _bits(lines, int(threshold)))) if categorical else float(threshold),
        "decision_type": "==" if categorical else "<=",
        "default_left": bool(kind & DEFAULT_LEFT),
        "missing_type": MISSING[(kind >> MISSING_BITS) & 3],
        "left_child": _child(lines, "left_child", place, depth),
        "right_child": _child(lines, "right_child", place, depth),
    }


def _child(lines: Lines, side: str, place: int, depth: int) -> dict[str, object]:
    """What follows on a side: leaves are numbered backwards, from -1."""
    number = int(lines[side].split()[place])
    if number < 0:
        return _leaf(lines, -number - 1)
    if number <= place or depth > DEPTH_MOST:
        sentence = f"split {place} leads back, or too deep"
        raise ValueError(sentence)
    return _node(lines, number, depth + 1)


def _bits(lines: Lines, number: int) -> list[int]:
    """The categories that go left."""
    ends = list(map(int, lines["cat_boundaries"].split()))
    words = list(map(int, lines["cat_threshold"].split()))[ends[number] : ends[number + 1]]
    return [place * WORD + bit for place, word in enumerate(words) for bit in range(WORD) if word >> bit & 1]
