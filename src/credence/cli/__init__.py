"""The command line: a command reads like a sentence, and its logic is in the library.

Exit codes: 0 done; 1 done, and something wants a look (rows refused, damage found, a warning);
2 not done, with a sentence that says why.
"""

import sys

import msgspec

from credence.cli.app import app
from credence.errors import CredenceError

DONE, LOOK, NOT_DONE = 0, 1, 2


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence, never in a traceback."""
    try:
        app()
    except CredenceError as error:
        _say(error.code, str(error))
    except OSError as error:
        _say("file", f"{error.filename or 'A file'}: {error.strerror or error}.")
    except KeyboardInterrupt:
        _say("stopped", "Stopped. Everything acknowledged so far is safe.")


def _say(code: str, sentence: str) -> None:
    if "--json" in sys.argv:
        sys.stdout.write(msgspec.json.encode({"error": code, "sentence": sentence}).decode() + "\n")
    else:
        sys.stderr.write(f"{sentence}\n")
    sys.exit(NOT_DONE)
