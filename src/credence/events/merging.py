"""A new file takes small ones before it into itself, so that many small batches make few files.

Each file that a reader opens costs it half a millisecond, and an import compares with each file of keys: a
bureau that takes a batch a second would be read ever more slowly until the next `compact`. As in a binary
counter, a file takes in the one before it while that is no larger: of n equal batches log2(n) files are
left at most, and each row is written that often.
"""

from credence.events import files
from credence.events.log import EventLog
from credence.events.manifest import Change, LogFile

# Larger files stay: what they cost a reader is little beside their rows, and rewriting them is dear.
ROWS_MERGED_MOST = 100_000


def taken_in(before: list[LogFile], rows: int) -> list[LogFile]:
    """The files, of those written before, oldest first, that a new one of so many rows takes in."""
    taken: list[LogFile] = []
    for file in reversed(before):
        if file.rows > rows or file.rows + rows > ROWS_MERGED_MOST:
            break
        taken.insert(0, file)
        rows += file.rows
    return taken


def rows_with(log: EventLog, change: Change, role: str, rows: tuple[str, int]) -> str:
    """New rows, together with those of the files that their file takes in, as SQL; those are taken out.

    Args:
        log: The log.
        change: The change that adds the new file.
        role: The files' role.
        rows: The new rows as SQL, and how many they are.
    """
    query, count = rows
    merged = taken_in(log.manifest.files(role), count)
    for file in merged:
        change.remove(file.path)
    if not merged:
        return query
    return f"{query} UNION ALL BY NAME SELECT * FROM {files.read(log.folder, merged)}"
