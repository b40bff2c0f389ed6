"""Whole points as the characteristics of a definition: tests that fall, points, reasons in words."""

from dataclasses import dataclass, field

from credence.scorecards import proposed
from credence.scorecards.attributes import label_of
from credence.scorecards.importing.additive import Axis
from credence.scorecards.importing.crossed import crossed_rows, short
from credence.scorecards.importing.points import Rounded, Whole
from credence.scorecards.model import MISSING, RESULT_COLUMNS, Attribute, Below, OneOf, Test, When
from credence.scorecards.pmml.characteristics import snake
from credence.scorecards.written.definition import test_of
from credence.scorecards.written.measures import Entries

NOT_FORESEEN = "The model says nothing of this answer"


@dataclass
class Asked:
    """The characteristics made so far, the reasons they use, and the names of columns."""

    characteristics: dict[str, Entries] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def reason(self, name: str, why: tuple[str, str]) -> str:
        """The code of a reason, which is noted."""
        code = f"{name}_{why[0]}"
        self.reasons[code] = proposed.sentence(name, why[1])
        return code

    def named(self, title: str) -> str:
        """A name in lower_snake that nothing has yet."""
        return snake(title, "characteristic", {*self.characteristics, *RESULT_COLUMNS})


def asked(model: Rounded) -> Asked:
    """The characteristics of a model: one for each column, then those that cross two."""
    found = Asked()
    plain = {table.effect.axes[0].column: table for table in model.tables if len(table.effect.axes) == 1}
    axes = {axis.column: axis for table in model.tables for axis in table.effect.axes}
    for column, axis in axes.items():
        name = found.names[column] = found.named(column)
        found.characteristics[name] = _plain(found, name, axis, plain.get(column))
    for table in model.tables:
        if len(table.effect.axes) > 1:
            _cross(found, table)
    return found


def _plain(found: Asked, name: str, axis: Axis, table: Whole | None) -> Entries:
    kind: Entries = {"type": "text"} if axis.text else {}
    head: Entries = {
        "question": proposed.question(name),
        "measure": {"column": axis.column, **kind},
    }
    if table is None:
        return head | {"attributes": [{"points": 0}], MISSING: {"points": 0}}
    rows = _lines(table.effect.axes[0], table)
    best = max(table.given)
    whys = _whys([test for test, _points in rows], [points for _test, points in rows])
    attributes = [
        test_of(test) | _given(found, name, (points, best), why)
        for (test, points), why in zip(rows, whys, strict=True)
    ]
    missing = table.points[(table.effect.axes[0].missing,)]
    last = _given(found, name, (missing, best), proposed.UNKNOWN)
    return head | {"attributes": _labelled(attributes, [test for test, _points in rows]), MISSING: last}


def _lines(axis: Axis, table: Whole) -> list[tuple[Test, int | None]]:
    """The tests with their points; a limit that parts nothing is left out."""
    points = [table.points[(place,)] for place in range(axis.missing)]
    return [
        (test, here)
        for place, (test, here) in enumerate(zip(axis.tests, points, strict=True))
        if not (isinstance(test, Below) and points[place + 1] == here)
    ]


def _whys(tests: list[Test], points: list[int | None]) -> list[tuple[str, str]]:
    """Why each line is below the best: what kind of answer it is, or where it stands among the limits."""
    ordered = [p for t, p in zip(tests, points, strict=True) if not isinstance(t, OneOf)]
    known = [p for p in ordered if p is not None]
    best = ordered.index(max(known)) if known else 0
    text = not any(isinstance(test, Below) for test in tests)
    alone, place, found = 0, 0, []
    for test in tests:
        if isinstance(test, OneOf):
            alone += 1
            found.append((f"kind_{alone}", proposed.of_values(test.values, rest=False)))
        elif text:
            found.append(("other", proposed.of_values((), rest=True)))
        else:
            found.append(proposed.of_bin(place, best))
            place += 1
    return found


def _given(found: Asked, name: str, points: tuple[int | None, int], why: tuple[str, str]) -> Entries:
    """The points of a line, and below the best its reason, which is noted."""
    here, best = points
    if here is None:
        code = f"{name}_not_foreseen"
        found.reasons[code] = f"{NOT_FORESEEN}: {proposed.in_words(name)}"
        return {"unscorable": code}
    return {"points": here} | ({"reason": found.reason(name, why)} if here < best else {})


def _labelled(rows: list[Entries], tests: list[Test]) -> list[Entries]:
    """Rows with labels that can be read where those of exact limits cannot, and each with one of its own."""
    shorter = [short(test) for test in tests]
    alike = len(_limits(shorter)) < len(_limits(tests))
    exact, taken = _labels(tests), {MISSING}
    wanted = exact if alike else _labels(shorter)
    found = []
    for row, own, label in zip(rows, exact, wanted, strict=True):
        given = label
        while given in taken:
            given = f"value {given}"
        taken.add(given)
        found.append(row | ({"label": given} if given != own else {}))
    return found


def _limits(tests: list[Test]) -> set[tuple[str, object]]:
    """The different limits of tests, those of crossed answers with the name of the question."""
    cells = [cell for test in tests if isinstance(test, When) for cell in test.cells]
    crossed = {
        (cell.name, limit) for cell in cells for limit in (cell.below, cell.up_to) if limit is not None
    }
    return crossed | {("", test.limit) for test in tests if isinstance(test, Below)}


def _labels(tests: list[Test]) -> list[str]:
    rows = [Attribute(test, 0, "") for test in tests]
    return [label_of(test, rows[:place]) for place, test in enumerate(tests)]


def _cross(found: Asked, table: Whole) -> None:
    names = tuple(found.names[axis.column] for axis in table.effect.axes)
    name = found.named(f"{names[0]}_and_{names[1]}")
    best, crossed = max(table.given), list(crossed_rows(table, names))
    rows = [
        test_of(test) | _given(found, name, (points, best), proposed.TOGETHER) for test, points in crossed
    ]
    first, second = map(proposed.in_words, names)
    question = f"How do the {first} and the {second} go together?"
    found.characteristics[name] = {
        "question": question,
        "measure": {"cross": list(names)},
        "attributes": _labelled(rows, [test for test, _points in crossed]),
    }
