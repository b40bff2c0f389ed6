"""A town whose people know each other and live alike every month, but for one of them, who falls."""

from collections.abc import Mapping
from datetime import date
from random import Random

from credence.events.calendar import add_months
from credence.lab.town import END, Habits, Row, diary

MONTHS = 30
# Ways of life, and how many of ten people have them; those of one way know each other more than others.
WAYS = {
    "careful": Habits("", MONTHS, late=0.0, missed=0.0, low=0.0, spends=0),
    "late": Habits("", MONTHS, late=1.0, missed=0.0, low=0.0, spends=0),
    "behind": Habits("", MONTHS, late=0.0, missed=1.0, low=0.0, spends=0, verified=("identity.verified",)),
}
TEN = ("careful",) * 5 + ("late",) * 3 + ("behind",) * 2
MEI = Habits("mei", MONTHS, late=0.0, missed=0.0, low=0.0, spends=0, verified=("identity.verified",))
FALL = date(2026, 9, 10)
Pair = tuple[str, str]


def acquaintances(ways: Mapping[str, str], each: int, alike: float, chance: Random) -> list[Pair]:
    """Who knows whom, each pair once: everybody looks for half as many people as they will know on average.

    Args:
        ways: Everybody's way of life.
        each: How many people somebody knows, on average.
        alike: How likely an acquaintance is looked for among those of the same way; else among all.
        chance: The seeded chance.
    """
    everybody = list(ways)
    near = {way: [who for who in everybody if ways[who] == way] for way in dict.fromkeys(ways.values())}
    pairs: dict[Pair, None] = {}
    for person, way in ways.items():
        for _ in range(each // 2):
            other = chance.choice(near[way] if chance.random() < alike else everybody)
            if other != person:
                pairs[min(person, other), max(person, other)] = None
    return list(pairs)


def contact_rows(pairs: list[Pair], day: date) -> list[Row]:
    """Both events of every pair: each knows the other."""
    known = {"furnisher": "city-circles", "kind": "contact.added"}
    known |= {"occurred_at": day.isoformat(), "recorded_at": day.isoformat()}
    return [
        {**known, "event_id": f"{person}-knows-{other}", "person_id": person, "contact": other}
        for pair in pairs
        for person, other in (pair, pair[::-1])
    ]


def fall() -> list[Row]:
    """What happens to Mei in one month: the account runs dry, and nothing is paid."""
    day = FALL.isoformat()
    row: Row = {"person_id": "mei", "occurred_at": day, "recorded_at": day}
    bank: Row = {"furnisher": "city-bank"}
    home: Row = {"furnisher": "northgate-homes"}
    unpaid: list[Row] = [
        {"furnisher": f"city-{service}", "kind": "bill.unpaid", "service": service, "due_date": day}
        for service in ("power", "water", "phone")
    ]
    said: list[Row] = [
        *unpaid,
        home | {"kind": "rent.unpaid", "due_date": day},
        bank | {"kind": "balance.reported", "account": "main", "cover_days": -3},
        *(bank | {"kind": "overdraft.charged", "account": "main"} for _ in range(3)),
        bank | {"kind": "account.charged_off", "account": "card", "date_first_delinquency": day},
    ]
    return [row | {"event_id": f"mei-falls-{number}"} | facts for number, facts in enumerate(said, start=1)]


def circles(count: int = 120, each: int = 8, alike: float = 0.8, seed: int = 20261106) -> list[Row]:
    """Everything that was ever sent about the town but for Mei's fall, the same every time.

    Args:
        count: How many people beside Mei.
        each: How many people somebody knows, on average.
        alike: How likely somebody looks for acquaintances among those who live like them.
        seed: Another town for another seed.
    """
    chance = Random(seed)
    ways = {"mei": "careful"} | {f"person-{n:04d}": chance.choice(TEN) for n in range(1, count + 1)}
    lives = [MEI, *(_living(who, way) for who, way in ways.items() if who != "mei")]
    start = add_months(END.replace(day=1), -MONTHS + 1)
    known = contact_rows(acquaintances(ways, each, alike, chance), start)
    return [*(row for habits in lives for row in diary(habits, chance)), *known]


def _living(person_id: str, way: str) -> Habits:
    return Habits(**{**vars(WAYS[way]), "person_id": person_id})
