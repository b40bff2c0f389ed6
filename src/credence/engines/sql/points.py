"""The last steps of the SQL: from answers to attributes, points, the score, and its reasons."""

from fractions import Fraction

from credence.engines.sql.answers import AnswerSql
from credence.engines.sql.lines import points_sql
from credence.events.fields import quoted
from credence.scorecards.model import (
    Attribute,
    Below,
    Cell,
    Characteristic,
    Line,
    OneOf,
    Requirement,
    Scorecard,
    When,
)
from credence.scorecards.reasons import REASONS_MOST, usual

MISSING_INDEX = -1
# A reason's place in document order is packed into the low bits, so that the greatest number is also
# the first of equals: reasons = points lost x 1,024 + (1,023 - place).
PLACES = 1_024


def compared(answer: AnswerSql, sign: str, limit: Fraction) -> str:
    """An answer against a limit; exact answers are compared crosswise in whole numbers."""
    if not answer.exact:
        return f"{answer.value} {sign} CAST('{float(limit)!r}' AS DOUBLE)"
    if answer.top is None:
        left = (
            answer.value
            if limit.denominator == 1
            else f"CAST({answer.value} AS HUGEINT) * {limit.denominator}"
        )
        return f"{left} {sign} {limit.numerator}"
    left = answer.top if limit.denominator == 1 else f"{answer.top} * {limit.denominator}"
    return f"{left} {sign} {answer.bottom} * {limit.numerator}"


def one_of(answer: AnswerSql, test: OneOf) -> str:
    """An answer among some values; of a text only texts, of a number only numbers."""
    if answer.text:
        texts = [quoted(value) for value in test.values if isinstance(value, str)]
        return f"{answer.value} IN ({', '.join(texts)})" if texts else "false"
    numbers = [value for value in test.values if isinstance(value, Fraction)]
    return "(" + " OR ".join(compared(answer, "=", value) for value in numbers) + ")" if numbers else "false"


def attribute_index(characteristic: Characteristic, answers: dict[str, AnswerSql]) -> str:
    """The place of the attribute that an answer falls in; -1 is missing."""
    answer = answers[characteristic.name]
    cases = [f"WHEN {answer.missing} THEN {MISSING_INDEX}"] if characteristic.missing else []
    for index, row in enumerate(characteristic.attributes[:-1]):
        cases.append(f"WHEN {holds(row, answer, answers)} THEN {index}")
    last = max(len(characteristic.attributes) - 1, 0)
    return f"CASE {' '.join(cases)} ELSE {last} END" if cases else str(last)


def holds(row: Attribute, answer: AnswerSql, answers: dict[str, AnswerSql]) -> str:
    """Whether a known answer falls in an attribute that is not the last."""
    if isinstance(row.test, Below):
        return compared(answer, "<=" if row.test.inclusive else "<", row.test.limit)
    if isinstance(row.test, OneOf):
        return one_of(answer, row.test)
    assert isinstance(row.test, When), "the rest is the last attribute"
    return " AND ".join(_cell(cell, answers[cell.name]) for cell in row.test.cells) or "true"


def _cell(cell: Cell, answer: AnswerSql) -> str:
    if cell.missing:
        return answer.missing
    parts = [f"NOT {answer.missing}"]
    parts += [compared(answer, ">=", cell.at_least)] if cell.at_least is not None else []
    parts += [compared(answer, "<", cell.below)] if cell.below is not None else []
    parts += [compared(answer, "<=", cell.up_to)] if cell.up_to is not None else []
    parts += [one_of(answer, cell.one_of)] if cell.one_of is not None else []
    return f"({' AND '.join(parts)})"


def chosen(index: str, say: dict[int, str]) -> str:
    """A constant for each attribute, picked by the attribute's place."""
    if len(set(say.values())) == 1:
        return next(iter(say.values()))
    return f"CASE {index} " + " ".join(f"WHEN {place} THEN {text}" for place, text in say.items()) + " END"


def rows(characteristic: Characteristic) -> dict[int, Attribute]:
    """The attributes by their place."""
    missing = {MISSING_INDEX: characteristic.missing} if characteristic.missing else {}
    return missing | dict(enumerate(characteristic.attributes))


def followed(characteristic: Characteristic, answer: AnswerSql) -> list[str]:
    """Columns of points that follow the answer, one an attribute that has such points."""
    return [
        f"{points_sql(row.points, answer)} AS {_followed(characteristic, place)}"
        for place, row in rows(characteristic).items()
        if isinstance(row.points, Line)
    ]


def _followed(characteristic: Characteristic, place: int) -> str:
    return f"l_{characteristic.name}_{place}"


def points(characteristic: Characteristic, index: str, value: str) -> str:
    """The points of the attribute, or of each event up to the cap."""
    if characteristic.each is None:
        say = {
            k: _followed(characteristic, k) if isinstance(row.points, Line) else str(row.points)
            for k, row in rows(characteristic).items()
        }
        return chosen(index, say)
    each = characteristic.each
    total = f"{value} * {each.points}"
    return f"{'least' if each.points > 0 else 'greatest'}({total}, {each.most})"


def label(characteristic: Characteristic, index: str) -> str:
    """The stable label of the attribute."""
    if characteristic.each is not None:
        return quoted(characteristic.each.label)
    return chosen(index, {k: quoted(row.label) for k, row in rows(characteristic).items()})


def ruled_out(scorecard: Scorecard, index: dict[str, str]) -> list[str]:
    """For each characteristic with attributes that give no score, the code of the one reached, or null."""
    found = []
    for c in scorecard.characteristics:
        codes = {k: quoted(row.unscorable) for k, row in rows(c).items() if row.unscorable is not None}
        cases = " ".join(f"WHEN {place} THEN {code}" for place, code in codes.items())
        found += [f"CASE {index[c.name]} {cases} END"] if codes else []
    return found


def scorable(requirement: Requirement, answer: AnswerSql) -> str:
    """Whether a requirement of scorability holds."""
    sign = {"at_least": ">=", "at_most": "<=", "below": "<", "above": ">", "equals": "="}[requirement.test]
    return f"(NOT {answer.missing} AND {compared(answer, sign, requirement.limit)})"


def lost_by_code(scorecard: Scorecard, index: dict[str, str], got: dict[str, str]) -> list[str]:
    """For each place where a reason can come from, points lost packed with the reason's place.

    A code that one characteristic alone can give is packed with that characteristic; one that several
    share is added up first.
    """
    codes = scorecard.reason_codes()
    users = {code: [c for c in scorecard.characteristics if code in _codes(c)] for code in codes}
    shared = [code for code in codes if len(users[code]) > 1]
    packed = [
        _packed_of(scorecard, c, index[c.name], got[c.name], shared)
        for c in scorecard.characteristics
        if set(_codes(c)) - set(shared)
    ]
    for code in shared:
        parts = [_lost_for(scorecard, c, code, index[c.name], got[c.name]) for c in users[code]]
        # In 64 bits: what several lose together, packed with its place, is more than 32 can hold.
        total = " + ".join(f"CAST({part} AS BIGINT)" for part in parts)
        packed.append(_pack(f"({total})", codes.index(code)))
    return [text for text in packed if text != "0"]


def _codes(characteristic: Characteristic) -> list[str]:
    return [row.reason for row in characteristic.rows() if row.reason]


def _pack(lost: str, place: int) -> str:
    if lost.lstrip("-").isdecimal():
        return str(int(lost) * PLACES + PLACES - 1 - place) if int(lost) > 0 else "0"
    return f"CASE WHEN {lost} > 0 THEN {lost} * {PLACES} + {PLACES - 1 - place} ELSE 0 END"


def _packed_of(scorecard: Scorecard, c: Characteristic, index: str, got: str, shared: list[str]) -> str:
    codes, lost = scorecard.reason_codes(), _lost(scorecard, c, got)
    if c.each is not None:
        return _pack(lost[0], codes.index(c.each.reason)) if c.each.reason and lost else "0"
    packed = {}
    for place, text in lost.items():
        reason = rows(c)[place].reason
        told = reason is not None and reason not in shared
        packed[place] = _pack(text, codes.index(reason or "")) if told else "0"
    return chosen(index, packed) if packed else "0"


def _lost_for(scorecard: Scorecard, c: Characteristic, code: str, index: str, got: str) -> str:
    lost = _lost(scorecard, c, got)
    if c.each is not None:
        return lost[0] if lost and c.each.reason == code else "0"
    of_code = {place: text if rows(c)[place].reason == code else "0" for place, text in lost.items()}
    return chosen(index, of_code) if of_code else "0"


def _lost(scorecard: Scorecard, c: Characteristic, got: str) -> dict[int, str]:
    """Points below the baseline (or above it) by the attribute's place; none without a baseline.

    The points of an attribute are known, so that their difference is a plain number.
    """
    compared_with = usual(scorecard)
    baseline, people = compared_with.totals[c.name], compared_with.people
    if baseline is None:
        return {}
    times = f"{got} * {people}" if people > 1 else got
    sign = -1 if scorecard.reason_points == "above" else 1
    if c.each is not None:
        return {0: _apart(baseline, times, sign)}
    return {
        place: _apart(baseline, times, sign)
        if isinstance(row.points, Line)
        else str(sign * (baseline - row.points * people))
        for place, row in rows(c).items()
    }


def _apart(baseline: int, got: str, sign: int) -> str:
    return f"({got} - {baseline})" if sign < 0 else f"({baseline} - {got})"


def reason_columns(scorecard: Scorecard) -> list[str]:
    """The codes of the greatest packed numbers m1, m2, ... as columns reason_1, reason_2, ..."""
    codes = scorecard.reason_codes()
    columns = []
    for rank in range(1, REASONS_MOST + 1):
        cases = " ".join(f"WHEN {place} THEN {quoted(code)}" for place, code in enumerate(codes))
        told = f"CASE {PLACES - 1} - m{rank} % {PLACES} {cases} END" if codes else "CAST(NULL AS VARCHAR)"
        columns.append(f"CASE WHEN unscorable IS NULL AND m{rank} > 0 THEN {told} END AS reason_{rank}")
    return columns


def greatest_steps(places: list[str]) -> list[tuple[str, str]]:
    """Steps m1 to m4: the greatest packed number, then the greatest below it, and so on.

    Packed numbers above zero differ by construction, so nothing is skipped.
    """
    steps, before = [], "attributed"
    for rank in range(1, REASONS_MOST + 1):
        under = [
            place if rank == 1 else f"CASE WHEN {place} < m{rank - 1} THEN {place} ELSE 0 END"
            for place in places
        ]
        top = f"greatest({', '.join(under)})" if len(under) > 1 else (under[0] if under else "0")
        steps.append((f"reason_step_{rank}", f"SELECT *, {top} AS m{rank} FROM {before}"))
        before = f"reason_step_{rank}"
    return steps
