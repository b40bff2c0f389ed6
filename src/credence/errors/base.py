"""What errors are made of: the root of their tree, faults of definition files, things that are not there."""

from dataclasses import dataclass
from difflib import get_close_matches


class CredenceError(Exception):
    """Anything Credence can say in a sentence or two."""

    code = "error"

    def __reduce__(self) -> tuple[object, ...]:
        """As an error arrives from another process: with its words and facts, made without them again."""
        return _arrived, (type(self), self.args, self.__dict__)


def _arrived(kind: type[CredenceError], words: tuple[object, ...], facts: dict[str, object]) -> CredenceError:
    error = kind.__new__(kind, *words)
    error.__dict__.update(facts)
    return error


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a definition file: where, and a sentence."""

    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        """The fault as one line of a report."""
        place = f"line {self.line}" + (f", {self.path}" if self.path else "")
        return " ".join(f"{place}: {self.sentence}".split())


class DefinitionError(CredenceError):
    """A definition file has faults; all of them are told at once."""

    code = "definition"

    def __init__(self, file: str, faults: list[Fault]) -> None:
        """Keep the faults in the order of the file's lines, each once."""
        self.file = file
        self.faults = sorted(dict.fromkeys(faults), key=lambda fault: (fault.line, fault.path))
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__("\n  ".join([f"{file} has {count}:", *map(str, self.faults)]))


class NotFoundError(CredenceError):
    """Something that was named is not there."""

    code = "not_found"


def nearest(word: str, known: list[str]) -> str:
    """Say which known word was perhaps meant, or nothing."""
    close = get_close_matches(word, known, n=1, cutoff=0.7)
    return f" Did you mean '{close[0]}'?" if close else ""
