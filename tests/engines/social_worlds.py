"""Random social worlds, seeded: who knew whom, what was corrected, and what everybody scored before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import duckdb

from credence import EventLog, Moment
from tests.world import Row, record

AS_OF = date(2026, 11, 6)
# After all that happens, and between two imports.
KNOWN_AT = datetime(2026, 11, 12, tzinfo=UTC)
NOW = Moment(AS_OF, KNOWN_AT.replace(tzinfo=None))
KINDS = (
    *("contact.added",) * 8,
    *("contact.removed",) * 3,
    *("bill.unpaid", "mark.retracts", "mark.suspends", "mark.releases", "mark.counts_from"),
)
Contacts = dict[str, tuple[int, int, int | None, int | None, int | None]]


@dataclass(frozen=True)
class SocialWorld:
    """A log, everybody's scores before, and the rows that are known at the moment."""

    log: EventLog
    scores: Path
    known: list[Row]
    before: dict[str, int | None]

    def contacts(self) -> Contacts:
        """What everybody's contacts scored, said once more in plain Python."""
        hidden, found = hidden_by(self.known), dict[str, dict[str, bool]]()
        for row in sorted(self.known, key=moment_of):
            counts = row["event_id"] not in hidden and str(row["occurred_at"]) < AS_OF.isoformat()
            if counts and "contact" in row and row["contact"] != row["person_id"]:
                edges = found.setdefault(str(row["person_id"]), {})
                edges[str(row["contact"])] = row["kind"] == "contact.added"
        held = {person: [who for who, holds in edges.items() if holds] for person, edges in found.items()}
        return {
            person: summed([self.before.get(who) for who in whom]) for person, whom in held.items() if whom
        }


def summed(scores: list[int | None]) -> tuple[int, int, int | None, int | None, int | None]:
    told = [score for score in scores if score is not None]
    if not told:
        return len(scores), 0, None, None, None
    return len(scores), len(told), sum(told) // len(told), min(told), max(told)


def moment_of(row: Row) -> str:
    return str(row["occurred_at"])


def hidden_by(rows: list[Row]) -> set[object]:
    """The ids of what is corrected, suspended, or does not count yet."""
    marks = sorted(rows, key=moment_of)
    corrected = {row[name] for row in rows for name in ("retracts", "replaces") if name in row}
    day = AS_OF.isoformat()
    standing = {
        row["target"]: row["kind"] == "mark.suspends"
        for row in marks
        if row["kind"] in ("mark.suspends", "mark.releases") and moment_of(row)[:10] <= day
    }
    noticed = {row["target"]: str(row["date"]) > day for row in marks if row["kind"] == "mark.counts_from"}
    return corrected | {target for of in (standing, noticed) for target, hides in of.items() if hides}


def social_row(chance: Random, people: list[str], number: int) -> Row:
    person, day = chance.choice(people), AS_OF - timedelta(days=chance.choice([-1, 0, 1, 2, 90, 900]))
    kind = chance.choice(KINDS)
    row: Row = {"furnisher": "net", "event_id": f"{person}-{number}", "person_id": person, "kind": kind}
    # No two of them happen at once.
    row["occurred_at"] = f"{day}T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    target = f"{person}-{chance.randrange(number)}" if number else f"{person}-none"
    said: dict[str, Row] = {
        "bill.unpaid": {"due_date": str(day)},
        "mark.retracts": {"retracts": target},
        "mark.counts_from": {
            "target": target,
            "date": str(AS_OF + timedelta(days=chance.choice([-1, 0, 1]))),
        },
    }
    if kind.startswith("contact"):
        # Some know people of whom the log knows nothing, and some themselves.
        row["contact"] = chance.choice([*people, "nobody"])
        return row | ({"replaces": target} if chance.random() < 0.1 else {})
    return row | said.get(kind, {"target": target})


def social_world(seed: int, folder: Path, people: int = 9, events: int = 300) -> SocialWorld:
    """A log of which the last fifth became known after the moment."""
    chance = Random(seed)
    names = ["ana", "o'hara", "李秀英", "x,y", *(f"p{number}" for number in range(people))]
    rows = [social_row(chance, names, number) for number in range(events)]
    chance.shuffle(rows)
    log = EventLog.create(folder / "log")
    known, later = rows[: events * 4 // 5], rows[events * 4 // 5 :]
    record(log, *known, now=KNOWN_AT - timedelta(days=1))
    record(log, *later, now=KNOWN_AT + timedelta(days=1))
    before = {name: chance.choice([None, chance.randrange(-900, 950)]) for name in names[1:]}
    return SocialWorld(log, write_scores(folder / "scores.parquet", before), known, before)


def write_scores(file: Path, scores: dict[str, int | None]) -> Path:
    """Scores of an earlier run."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE scores (person_id VARCHAR, score INTEGER)")
        connection.executemany("INSERT INTO scores VALUES (?, ?)", [*scores.items()])
        connection.execute(f"COPY scores TO '{file}'")
    return file
