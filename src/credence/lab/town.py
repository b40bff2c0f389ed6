"""A small town of synthetic people with two years of events, the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from credence.events.calendar import add_months

END = date(2026, 11, 6)
MONTHS = 26
SHOPS = ("grocer", "bakery", "pharmacy", "bus", "bike rental", "cinema", "bookshop", "market")
SERVICES = ("power", "water", "phone")
Row = dict[str, object]


@dataclass(frozen=True)
class Habits:
    """How somebody lives, as chances: to pay late, to miss a bill, to run low."""

    person_id: str
    months: int = MONTHS
    late: float = 0.05
    missed: float = 0.01
    low: float = 0.1
    verified: tuple[str, ...] = ("identity.verified", "phone.verified", "employment.verified")
    spends: int = 6


@dataclass
class Diary:
    """Writes one person's events down as their furnishers would send them."""

    habits: Habits
    chance: Random
    rows: list[Row] = field(default_factory=list)

    def note(self, furnisher: str, kind: str, day: date, **said: object) -> None:
        """Write an event down; it is known the day it happened."""
        event_id = f"{self.habits.person_id}-{len(self.rows) + 1:04d}"
        row = {"furnisher": furnisher, "event_id": event_id, "person_id": self.habits.person_id}
        self.rows.append(
            row | {"kind": kind, "occurred_at": day.isoformat(), "recorded_at": day.isoformat()} | said
        )

    def month(self, first: date) -> None:
        """A month: income, rent, bills, shopping, and what was left."""
        self.income(first)
        self.rent(first)
        for service in SERVICES:
            self.bill(service, first)
        for _ in range(self.chance.randrange(self.habits.spends + 1)):
            self.shopping(first)
        self.balance(first)

    def income(self, first: date) -> None:
        """The salary."""
        amount = self.chance.randrange(380_000, 620_000)
        money = {"amount": amount, "currency": "CNY", "source": "salary", "counterparty": "employer"}
        self.note("city-bank", "income.received", first + timedelta(days=1), **money)

    def rent(self, first: date) -> None:
        """The rent, due on the third."""
        late = self.chance.randrange(2, 9) if self.chance.random() < self.habits.late else 0
        day = first + timedelta(days=2 + late)
        self.note("northgate-homes", "rent.paid", day, days_late=late, counterparty="northgate-homes")

    def bill(self, service: str, first: date) -> None:
        """A bill, due on the tenth."""
        due, luck = first + timedelta(days=9), self.chance.random()
        furnisher = f"city-{service}"
        if luck < self.habits.missed:
            self.note(
                furnisher, "bill.unpaid", due + timedelta(days=10), service=service, due_date=due.isoformat()
            )
            return
        late = self.chance.randrange(1, 12) if luck < self.habits.missed + self.habits.late else 0
        paid = {"days_late": late, "service": service, "counterparty": furnisher}
        self.note(furnisher, "bill.paid", due + timedelta(days=late), **paid)

    def shopping(self, first: date) -> None:
        """A payment in a shop."""
        day, shop = first + timedelta(days=self.chance.randrange(28)), self.chance.choice(SHOPS)
        money = {"amount": self.chance.randrange(500, 40_000), "currency": "CNY", "counterparty": shop}
        self.note("wallet", "payment.settled", day, **money)

    def balance(self, first: date) -> None:
        """How long the lowest balance of the month would have lasted."""
        low = self.chance.random() < self.habits.low
        days = self.chance.randrange(-3, 6) if low else self.chance.randrange(14, 60)
        day = first + timedelta(days=27)
        self.note("city-bank", "balance.reported", day, account="main", cover_days=days)
        if days < 0:
            self.note("city-bank", "overdraft.charged", day, account="main")


def diary(habits: Habits, chance: Random) -> list[Row]:
    """Everything that was sent about one person until the town's last day."""
    book = Diary(habits, chance)
    start = add_months(END.replace(day=1), -habits.months + 1)
    for kind in habits.verified:
        method = {"method": "document"} if kind == "identity.verified" else {}
        book.note("city-register", kind, start, **method)
    for number in range(habits.months):
        book.month(add_months(start, number))
    return [row for row in book.rows if str(row["occurred_at"]) < END.isoformat()]


# Late and missed payments, low months: most are careful, some are not.
WAYS = ((0.0, 0.0, 0.02), (0.03, 0.0, 0.1), (0.1, 0.02, 0.2), (0.25, 0.06, 0.4), (0.5, 0.2, 0.7))
CHECKED = (
    ("identity.verified", "phone.verified", "employment.verified"),
    ("identity.verified", "phone.verified"),
    ("identity.verified",),
    (),
)


def neighbours(count: int, chance: Random) -> Iterator[Habits]:
    """People of the town: careful ones and others, old and new."""
    for number in range(1, count + 1):
        months = chance.choice([MONTHS, MONTHS, MONTHS, 14, 9, 5, 2])
        late, missed, low = chance.choice(WAYS)
        verified, spends = chance.choice(CHECKED), chance.choice([1, 4, 8])
        yield Habits(f"person-{number:03d}", months, late, missed, low, verified, spends)


def town(count: int = 60, seed: int = 20261106) -> list[Row]:
    """Everything that was ever sent about the town: so many neighbours, and three people with a story.

    Ana is settled, Lin has just come, and about Hu one bill is wrongly reported unpaid.
    """
    chance = Random(seed)
    ana = Habits("ana", late=0.0, missed=0.0, low=0.0)
    lin = Habits("lin", months=1, spends=0, late=0.0, missed=0.0, verified=())
    hu = Habits("hu", late=0.0, missed=0.0, low=0.0, verified=("identity.verified",))
    people = (ana, lin, hu, *neighbours(count, chance))
    return [*(row for habits in people for row in diary(habits, chance)), wrong_bill()]


def wrong_bill() -> Row:
    """The power bill of August that Hu had paid, reported unpaid because of a wrong reference."""
    row: Row = {"furnisher": "city-power", "event_id": "hu-wrong", "person_id": "hu", "kind": "bill.unpaid"}
    known = {"occurred_at": "2026-09-20", "recorded_at": "2026-09-21", "due_date": "2026-09-10"}
    return row | known | {"service": "power"}


def correction() -> Row:
    """The furnisher takes the wrong entry back."""
    row: Row = {"furnisher": "city-power", "event_id": "hu-wrong-taken-back", "person_id": "hu"}
    known = {"occurred_at": "2026-10-20", "recorded_at": "2026-10-20"}
    return row | known | {"kind": "mark.retracts", "retracts": "hu-wrong"}
