"""What the contacts of a person scored before: one hop over the edges of everybody, as one SQL statement.

An edge is what was said of a person: the latest event about each contact decides whether it holds. The
statement reads `events` (the log's, of everybody) and `scores` (person_id and score of an earlier run) in
one pass over the edges, one join and one aggregate, and gives one row a person with contacts.
"""

from sqlglot import exp

from credence.characteristics.aggregates import Aggregate, Number
from credence.characteristics.filters import Filter
from credence.characteristics.measure import Measure
from credence.engines.moment import Moment
from credence.engines.sql.answers import Aggregates
from credence.engines.sql.compile import Sources, assemble, clock_of, columns_needed
from credence.engines.sql.dialects import DIALECTS, translated
from credence.engines.sql.events import LOOKED_AT, Step, event_steps
from credence.engines.sql.lines import floored
from credence.events.fields import listed
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Characteristic, Scorecard

ADDED, REMOVED, CONTACT = "contact.added", "contact.removed", "contact"
# The columns of a table of people that are made here, and what each tells.
COLUMNS = {
    "contacts": "how many contacts",
    "contacts_scored": "how many of them have a score",
    "contacts_average": "the mean of their scores, rounded down",
    "contacts_lowest": "the lowest of their scores",
    "contacts_highest": "the highest of their scores",
}
# What is read of an event, its person and its snapshot among it.
EVENT_COLUMNS = ["person_id", *LOOKED_AT, CONTACT, "recorded_at", "batch"]
SUMMED = (
    "SELECT person_id, count(*) AS contacts, count(score) AS contacts_scored, "
    "CAST(sum(score) AS HUGEINT) AS total, min(score) AS contacts_lowest, max(score) AS contacts_highest "
    "FROM known GROUP BY person_id"
)
EDGES = Aggregate("count", Filter(kinds=(ADDED, REMOVED), latest=CONTACT), months=None)


def contact_columns(scorecard: Scorecard) -> list[str]:
    """The columns of contacts that a scorecard looks at."""
    return [name for name in columns_needed(scorecard) if name in COLUMNS]


def compile_contacts(words: Vocabulary, moment: Moment) -> exp.Expression:
    """The statement: person_id and `COLUMNS`, one row for each person who has contacts, in their order."""
    shown = ", ".join(f"CAST({value} AS BIGINT) AS {name}" for name, value in _values().items())
    return assemble(_steps(words, moment), f"SELECT person_id, {shown} FROM summed ORDER BY person_id")


def _values() -> dict[str, str]:
    average = floored("total", "nullif(CAST(contacts_scored AS HUGEINT), 0)")
    return {name: average if name == "contacts_average" else name for name in COLUMNS}


def _steps(words: Vocabulary, moment: Moment) -> list[Step]:
    clock = clock_of(moment, Sources())
    (name, recorded), *others = event_steps([_counting()], words, clock)
    # Of all that was recorded only edges matter, and whatever hides something.
    edges = f"{recorded} AND (kind IN ({listed(EDGES.events.kinds)}) OR target_key IS NOT NULL)"
    planned = Aggregates(clock)
    latest = planned.source(EDGES)
    held = f"SELECT person_id, contact FROM {latest} WHERE kind = '{ADDED}' AND contact <> person_id"
    scored = "LEFT JOIN scores ON scores.person_id = edges.contact"
    known = f"SELECT edges.person_id, scores.score FROM edges {scored}"
    return [(name, edges), *others, *planned.steps, ("edges", held), ("known", known), ("summed", SUMMED)]


def _counting() -> Scorecard:
    """A scorecard that counts edges, so that events count here as they count in every scorecard."""
    measure = Measure("count", Number(EDGES), "events")
    edges = Characteristic("edges", None, "Whom do you know?", None, measure)
    return Scorecard("contacts", 1, "Contacts", "lab", 0, (edges,))


def contacts_statement(words: Vocabulary, moment: Moment, name: str) -> str:
    """The statement as text for a database that has the tables `events` and `scores`.

    Args:
        words: The vocabulary, for how long each kind may count.
        moment: The moment, written into the statement.
        name: One of `DIALECTS`.
    """
    lines = [
        f"What contacts scored, as of {moment.as_of}, for {DIALECTS[name].title}; for the laboratory alone.",
        "Reads events, and scores (person_id and score of an earlier run); its rows are a people_table.",
    ]
    head = "".join(f"-- {line}\n" for line in lines)
    return f"{head}{translated(compile_contacts(words, moment), name, 'contacts')}"
