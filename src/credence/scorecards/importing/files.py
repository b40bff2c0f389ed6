"""Files of other tools: their text, their JSON, their tables; what is wrong is told with its place."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec

from credence.errors import DefinitionError, Fault, SourceNotFoundError

SIZE_MOST = 64 * 1024 * 1024
Kind = TypeVar("Kind")
# Where msgspec says that something is wrong: "... - at `$.learner.attributes`".
PLACE = re.compile(r"(.*) - at `\$\.?(.*)`")


@dataclass
class Source:
    """A file on its way in, with its faults."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: str, sentence: str, line: int = 1) -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(line, place, sentence))

    def settle(self) -> None:
        """Raise all faults noted, if there are any.

        Raises:
            DefinitionError: There are.
        """
        if self.faults:
            raise DefinitionError(str(self.path), self.faults)

    def refuse(self, place: str, sentence: str) -> NoReturn:
        """Note that something is wrong, and raise all faults noted.

        Raises:
            DefinitionError: Always.
        """
        raise DefinitionError(str(self.path), [*self.faults, Fault(1, place, sentence)]) from None

    def text(self) -> str:
        """The whole file.

        Raises:
            SourceNotFoundError: It is not there.
            DefinitionError: It is too large, or is not UTF-8.
        """
        try:
            if self.path.stat().st_size > SIZE_MOST:
                sentence = f"The file is over {SIZE_MOST // 1024**2} MB, and no model that people read is."
                self.refuse("", sentence)
            return self.path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            why = "The file is not UTF-8 text. Models are read from text, and never from a pickle."
            self.refuse("", why)
        except OSError:
            raise SourceNotFoundError(self.path) from None

    def json(self, kind: type[Kind], text: str | None = None) -> Kind:
        """The file's JSON as what it must be.

        Raises:
            SourceNotFoundError: It is not there.
            DefinitionError: It is not JSON, or not of that form.
        """
        try:
            return msgspec.json.decode(self.text() if text is None else text, type=kind)
        except RecursionError:
            self.refuse("", "The file is nested too deeply to be a model that people read.")
        except msgspec.DecodeError as error:
            found = PLACE.fullmatch(str(error))
            why, place = (found[1], found[2]) if found else (str(error), "")
            self.refuse(place, f"This is not a file of that tool: {why}.")

    def rows(self, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a table in CSV, each with the line on which it ends.

        Raises:
            SourceNotFoundError: It is not there.
            DefinitionError: A column that is needed is not there, or a row is torn.
        """
        reader = csv.DictReader(StringIO(self.text()), restval="", restkey="")
        try:
            lacking = [name for name in needed if name not in (reader.fieldnames or [])]
            if lacking:
                names = ", ".join(f"'{name}'" for name in lacking)
                there = ", ".join(reader.fieldnames or ["none"])
                self.refuse("", f"The table has no column {names}; it has: {there}.")
            for row in reader:
                yield reader.line_num, row
        except csv.Error as error:
            self.refuse("", f"This is not CSV: {error}.")
