"""Import of a known data set: each is a reader that fills `staged` from a folder."""

from datetime import datetime
from pathlib import Path

import duckdb

from credence.errors import IntakeError
from credence.events import batches
from credence.events.batches import Acknowledge, ImportOptions, ImportReport
from credence.events.data_sets import berka
from credence.events.log import EventLog
from credence.events.manifest import Progress, silent

DATA_SETS = {"berka": berka.stage}


def import_data_set(
    log: EventLog,
    name: str,
    folder: Path,
    now: datetime,
    rejects: Path | None = None,
    told: tuple[Acknowledge | None, Progress] = (None, silent),
) -> ImportReport:
    """Import a known data set; its rows carry their own recorded_at.

    Raises:
        IntakeError: There is no such data set, or a table of it cannot be read.
        SourceNotFoundError: A table of it is not there.
        BackfillError: Scores were published from this log already.
    """
    if name not in DATA_SETS:
        known = ", ".join(DATA_SETS)
        raise IntakeError(folder, f"there is no data set '{name}'. Known data sets: {known}.")
    options = ImportOptions(backfill=True, rejects=rejects)
    intake = batches.intake_of(log, now, options)

    def stage(connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        DATA_SETS[name](connection, folder, intake.columns(), scratch)

    return batches.import_staged(log, intake, stage, now, (options, *told))
