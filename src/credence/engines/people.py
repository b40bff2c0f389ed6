"""One person's row of a table of people."""

from pathlib import Path

from credence.engines.sql.answers import people_column
from credence.engines.sql.compile import columns_needed, columns_of
from credence.engines.tables import load_people
from credence.events.log import connect
from credence.scorecards.model import Scorecard


def read_person(path: Path, scorecard: Scorecard, person_id: str) -> dict[str, object] | None:
    """The columns that a scorecard looks at, of one person; None if the table does not have the person.

    Raises:
        SourceNotFoundError: The table is not there.
        IntakeError: It cannot be read, lacks a column, or has a person twice or a row without person_id.
    """
    names = columns_needed(scorecard)
    columns = ", ".join(["person_id", *(people_column(name) for name in names)])
    with connect() as connection:
        load_people(connection, path, columns_of(scorecard), buckets=1)
        rows = f"SELECT {columns} FROM all_people WHERE person_id = ?"
        row = connection.execute(rows, [person_id]).fetchone()
    return None if row is None else dict(zip(names, row[1:], strict=True))
