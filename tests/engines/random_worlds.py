"""Random scorecards and random people, seeded: what the property tests of the engines run on."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from credence import EventLog, import_rows, load_scorecard
from credence.events.calendar import add_months
from credence.scorecards.model import Scorecard
from tests.world import Row

# After everything that happens in these worlds, before the instant they are asked about.
RECORDED = datetime(2026, 11, 19, tzinfo=UTC)
DATES = (date(2026, 11, 6), date(2026, 3, 31), date(2024, 2, 29), date(2025, 12, 1))
KINDS = (
    *("bill.paid", "bill.unpaid", "payment.settled", "payment.received", "account.reported") * 4,
    *(
        "account.charged_off",
        "contact.added",
        "mark.retracts",
        "mark.suspends",
        "mark.releases",
        "mark.counts_from",
    ),
)
PEOPLE = ("ana", "ben", "李秀英", "o'hara", "x,y", "Zoë")
MONEY = {"field": "amount", "currency": "CNY"}
ACCOUNTS = {"kind": "account.reported", "latest": "account"}


def boundary_day(chance: Random, as_of: date) -> date:
    """A day at or next to the edge of a window, or any day."""
    edge = add_months(as_of, -chance.choice([0, 1, 2, 3, 6, 12, 24, 60]))
    near = edge + timedelta(days=chance.choice([-1, 0, 0, 1]))
    return chance.choice([near, as_of - timedelta(days=chance.randrange(900)), as_of.replace(day=1)])


def random_event(chance: Random, as_of: date, person: str, number: int) -> Row:
    """Something that happened to a person, or a correction or mark of something else."""
    kind, day = chance.choice(KINDS), boundary_day(chance, as_of)
    time = chance.choice(["", "T00:00:00Z", "T23:59:59+02:00"])
    row: Row = {"furnisher": "bank", "event_id": f"{person}-{number}", "person_id": person, "kind": kind}
    row["occurred_at"] = f"{day}{time}"
    return (
        row
        | said_by(chance, kind, day)
        | aimed_at(chance, kind, f"{person}-{chance.randrange(number + 2)}", row)
    )


def said_by(chance: Random, kind: str, day: date) -> Row:
    """The fields that a kind needs, and some that it may have."""
    before = str(day - timedelta(days=chance.randrange(400)))
    fixed: dict[str, Row] = {
        "bill.paid": {"days_late": chance.choice([0, 0, 0, 5])},
        "bill.unpaid": {"due_date": str(day)},
        "account.charged_off": {"account": "a", "date_first_delinquency": before},
        "contact.added": {"contact": "somebody"},
    }
    if kind in fixed:
        return fixed[kind]
    if kind.startswith("payment"):
        money = {
            "amount": chance.choice([0, 33, 34, 10**13]),
            "currency": chance.choice(["CNY", "CNY", "EUR"]),
        }
        return money | ({"counterparty": chance.choice("abc")} if chance.random() < 0.7 else {})
    return account_state(chance, day) if kind == "account.reported" else {}


def account_state(chance: Random, day: date) -> Row:
    """The state of a tradeline, sometimes with nothing but its account."""
    state: Row = {"account": chance.choice("pq")}
    if chance.random() < 0.8:
        state |= {"balance": chance.choice([0, 5, 30, -4]), "credit_limit": chance.choice([0, 10, 100])}
        state |= {"currency": "CNY", "status": chance.choice(["current", "late", "paid"])}
    return state | ({"opened_on": str(day - timedelta(days=200))} if chance.random() < 0.8 else {})


def aimed_at(chance: Random, kind: str, target: str, row: Row) -> Row:
    """The target of a correction or a mark; never itself."""
    target = target if target != row["event_id"] else f"{target}-unknown"
    if kind == "mark.retracts":
        return {"retracts": target}
    if kind == "mark.counts_from":
        return {"target": target, "date": str(boundary_day(chance, DATES[0]))}
    if kind.startswith("mark"):
        return {"target": target}
    return {"replaces": target} if chance.random() < 0.1 else {}


def random_rows(chance: Random, as_of: date) -> list[Row]:
    """Everything about a few people, from nobody's single event to many."""
    counts = {person: chance.choice([0, 1, 2, 8, 25]) for person in PEOPLE}
    return [random_event(chance, as_of, who, n) for who, count in counts.items() for n in range(count)]


def random_measure(chance: Random) -> dict[str, object]:
    """Any measure, with filters it can have."""
    late = {"days_late": {chance.choice(["at_most", "below", "above", "at_least"]): chance.choice([0, 5])}}
    return chance.choice(
        [
            {"count": {}},
            {"count": {"kind": ["bill.unpaid", "account.charged_off"]}},
            {"count": ACCOUNTS | {"where": {"status": ["late", "paid"]}}},
            {"share": {"kind": "bill.paid", "where": late}, "of": {"kind": ["bill.paid", "bill.unpaid"]}},
            {
                "share": ACCOUNTS | {"field": "balance", "currency": "CNY"},
                "of": ACCOUNTS | {"field": "credit_limit", "currency": "CNY"},
            },
            {"sum": {"kind": "payment.settled"} | MONEY},
            {"average": {"kind": "payment.received"} | MONEY},
            {"greatest": {"kind": "account.reported", "field": "balance", "currency": "CNY"}},
            {"least": ACCOUNTS | {"field": "balance", "currency": "CNY"}},
            {
                "net_flow": {
                    "in": {"kind": "payment.received"} | MONEY,
                    "out": {"kind": "payment.settled"} | MONEY,
                }
            },
            {"days_since": {"kind": "bill.unpaid", "unit": chance.choice(["days", "months"])}},
            {"age_of_oldest": {"kind": "account.reported", "date": "opened_on", "unit": "months"}},
            {"age_of_oldest": {}},
            {"months_with": {"kind": ["bill.paid", "payment.settled"]}},
            {"longest_run": {}},
            {"distinct": {"kind": "payment.settled", "field": "counterparty"}},
            {"trend": {"kind": "payment.settled"}, "recent": 1},
            {"trend": {"kind": "payment.settled"} | MONEY, "recent": 1},
            {"last_value": {"kind": "account.reported", "field": "balance", "currency": "CNY"}},
            {"last_value": {"kind": "account.reported", "field": "status"}},
            {"count": {"where": {"counterparty": {"present": chance.choice([True, False])}}}},
            {"count": {"kind": "account.reported", "where": {"balance": {"below": 0}}}},
        ]
    )


def random_characteristic(chance: Random) -> dict[str, object]:
    """A characteristic with a few attributes, reasons shared or its own."""
    measure = random_measure(chance)
    entry: dict[str, object] = {"measure": measure, "months": chance.choice([2, 3, 6, 12, 24, 60])}
    if "count" in measure and chance.random() < 0.3:
        points = chance.choice([-3, 4])
        return entry | {"points_each": {"points": points, "cap": points * 3, "reason": chance.choice("ABC")}}
    return entry | {
        "attributes": [*random_attributes(chance, measure), {"points": chance.randrange(9), "reason": "Z"}],
        "missing": chance.choice(
            [{"points": chance.randrange(9), "reason": chance.choice("ABC")}] * 9 + [{"unscorable": "U"}]
        ),
    }


def random_attributes(chance: Random, measure: dict[str, object]) -> list[dict[str, object]]:
    """Attributes before the last one: values, then rising limits."""

    text = measure.get("last_value") == {"kind": "account.reported", "field": "status"}

    def row(test: dict[str, object]) -> dict[str, object]:
        if chance.random() < 0.05:
            return test | {"unscorable": "U"}
        points = random_line(chance) if not text and chance.random() < 0.2 else chance.randrange(9)
        return test | {"points": points, "reason": chance.choice("ABCDE")}

    if text:
        return [row({"in": ["late", "other"]}), row({"equals": "paid"})]
    limits = sorted(chance.sample([-0.5, 0, 0.3, 0.5, 1, 2.25, 5, 33.5, 12 * 10**12], chance.randrange(4)))
    special = [row({"equals": chance.choice([0, 1, 0.5])})] if chance.random() < 0.4 else []
    return [*special, *(row({chance.choice(["below", "up_to"]): limit}) for limit in limits)]


def random_line(chance: Random) -> dict[str, object]:
    """Points that follow an answer, some of them limited."""
    line: dict[str, object] = {
        "times": chance.choice([0.03, -0.5, 1, 0.000001, -999999.5]),
        "plus": chance.choice([0, 11, -18.5, 0.25]),
        "rounding": chance.choice(["floor", "ceiling", "half_up"]),
    }
    return line | chance.choice([{}, {"at_least": -5}, {"at_least": 0, "at_most": 9}])


def random_crossing(chance: Random, names: list[str]) -> dict[str, object]:
    """A small table over two or three characteristics whose answers are numbers."""
    first, second, *others = chance.sample(names, min(len(names), chance.choice([2, 3])))
    cells = [{first: {"at_least": 1, "below": 30}, second: {"missing": True}}, {first: {"in": [0, 1]}}]
    cells += [{first: {"up_to": 9}, other: {"at_least": 1}} for other in others]
    rows = [{"when": cell, "points": chance.randrange(5), "reason": "F"} for cell in cells]
    return {"measure": {"cross": [first, second, *others]}, "attributes": [*rows, {"points": 2}]}


def random_scorecard(chance: Random, folder: Path) -> Scorecard:
    """A scorecard, written to a file and loaded from it."""
    characteristics = {f"c{n}": random_characteristic(chance) for n in range(chance.randrange(2, 8))}
    plain = [n for n, c in characteristics.items() if "last_value" not in c["measure"]]  # type: ignore[operator]
    if len(plain) > 1:
        characteristics["crossed"] = random_crossing(chance, plain)
    requirement = {"measure": {"count": {}}, "months": 24, "at_least": 2}
    definition = {
        "name": "random",
        "version": 1,
        "title": "Random",
        "setting": "lab",
        "jurisdiction": chance.choice(["any", "us", "cn"]),
        "points_base": 100,
        "scorable_when": [
            requirement | {"code": "few", "sentence": "Too few"},
            {"any": [random_requirement(chance) for _ in range(2)], "code": "none", "sentence": "Nothing"},
        ],
        "reasons": {code: code for code in "ABCDEFUZ"},
        "reason_points": chance.choice(["below", "below", "above"]),
        "baseline": {"method": "mean", "points": {"c0": chance.choice([-2, 0.5, 7, 8.004]), "c1": 4}},
        "bands": [{"below": 105, "name": "low"}, {"name": "high"}],
        "characteristics": characteristics,
    }
    if chance.random() < 0.5:
        del definition["baseline"]
    file = folder / "random.yaml"
    file.write_text(json.dumps(definition), encoding="utf-8")
    return load_scorecard(file)


def random_requirement(chance: Random) -> dict[str, object]:
    """A requirement of scorability."""
    test = chance.choice(["at_least", "at_most", "below", "above", "equals"])
    measure = chance.choice([{"count": {"kind": "bill.paid"}}, {"days_since": {}}, {"months_with": {}}])
    return {"measure": measure, "months": 12, test: chance.choice([1, 3, 200])}


def random_log(chance: Random, folder: Path, rows: list[Row]) -> EventLog:
    """A log of the rows, sent in a few batches in any order."""
    log = EventLog.create(folder)
    chance.shuffle(rows)
    for start in range(0, len(rows), 40):
        report = import_rows(log, rows[start : start + 40], RECORDED)
        assert report.sentences == [], report.sentences
    return log
