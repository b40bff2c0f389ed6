"""The command line: a command reads like a sentence, and its logic is in the library.

Exit codes: 0 done; 1 done, and something wants a look (rows refused, damage found, a warning);
2 not done, with a sentence that says why.
"""

import sys
from io import TextIOWrapper

import msgspec
from typer._click.exceptions import ClickException

from credence.cli.app import app
from credence.cli.lines import plain
from credence.errors import CredenceError, UsageError

DONE, LOOK, NOT_DONE = 0, 1, 2
# What Typer makes of Ctrl-C, and what DuckDB makes of it in the middle of a query.
INTERRUPTED, QUERY_INTERRUPTED = 130, "Query interrupted"
STOPPED = "Stopped. Everything acknowledged so far is safe."


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence, never in a traceback."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run()
    except CredenceError as error:
        code = _say(error.code, str(error))
    except ClickException as error:
        code = _say("usage", error.format_message()) if "--json" in sys.argv else _show(error)
    except OSError as error:
        code = _say("file", f"{error.filename or 'A file'}: {error.strerror or error}.")
    sys.exit(_say("stopped", STOPPED) if code == INTERRUPTED else code)


def _run() -> int:
    unreadable = next((word for word in sys.argv[1:] if _broken(word)), None)
    if unreadable is not None:
        sentence = f"'{plain(unreadable)}' is not text in UTF-8."
        raise UsageError(sentence)
    try:
        return int(app(standalone_mode=False) or DONE)
    except RuntimeError as error:
        if str(error) != QUERY_INTERRUPTED:
            raise
        return INTERRUPTED


def _broken(word: str) -> bool:
    """Whether a word holds bytes that are no UTF-8 (Python keeps them as lone surrogates)."""
    return word.encode("utf-8", "replace") != word.encode("utf-8", "surrogatepass")


def _say(code: str, sentence: str) -> int:
    if "--json" in sys.argv:
        sys.stdout.write(msgspec.json.encode({"error": code, "sentence": sentence}).decode() + "\n")
    else:
        sys.stderr.write(f"{plain(sentence)}\n")
    return NOT_DONE


def _show(error: ClickException) -> int:
    error.show()
    return NOT_DONE
