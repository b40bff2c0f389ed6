"""The log of the bureau: a line of JSON for each thing, without what anybody sent or is."""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path


class JsonLines(logging.Formatter):
    """A record as one line of JSON.

    Of an error its class and its places in the code are told; its words may quote what somebody sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {"at": at, "level": record.levelname.lower(), "from": record.name}
        told["what"] = record.getMessage()
        told |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = record.exc_info[0].__name__
            told["places"] = [
                f"{place.filename}:{place.lineno} {place.name}"
                for place in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(told)


def log_to_stderr() -> None:
    """Write what the bureau and its web server log to standard error, and warnings of all else."""
    _log_to(logging.StreamHandler())


def log_to_file(path: Path) -> None:
    """Write the same into a file, after what is in it."""
    _log_to(logging.FileHandler(path, encoding="utf-8"))


def _log_to(handler: logging.Handler) -> None:
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("credence").setLevel(logging.INFO)
