"""A statement or bill that somebody uploads, as events; the file is gone when it was read."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from credence.errors import DefinitionError, IntakeError, InvalidRequestError
from credence.events.exports.documents import form_of, read_bytes
from credence.events.exports.facts import FURNISHER, Row, Source, sort_lines
from credence.events.exports.lines import Line, Torn
from credence.events.exports.rules import rules_for
from credence.events.exports.take import EXPORTS
from credence.events.vocabulary import Vocabulary

LINES_MOST = 5000
NONE_KNOWN = (
    "This is no file that is known here. Bring a bank statement as OFX, QFX or CAMT.053, or the CSV file of "
    "Alipay (支付宝) or WeChat Pay (微信支付)."
)
# What is said of files that no format knows, such as PDFs, is said for this one.
USUAL = "camt"


@dataclass(frozen=True)
class Brought:
    """What was read of a file.

    Attributes:
        form: Which format it is.
        lines: How many lines it has.
        rows: The events made of them, as the log takes them, each with the number of its line.
        ignored: How many lines were left out for each reason.
        left_over: The lines that no rule takes.
        torn: The lines that cannot be read.
        notes: What else wants a look.
    """

    form: str
    lines: int
    rows: tuple[tuple[int, Row], ...]
    ignored: dict[str, int]
    left_over: tuple[Line, ...]
    torn: tuple[Torn, ...]
    notes: tuple[str, ...]

    @property
    def furnisher(self) -> str:
        """The name in the log of whoever sends it: the person, by this format."""
        return f"{FURNISHER}{self.form}"


def read(content: bytes, log_id: str, words: Vocabulary) -> Brought:
    """Read an upload of one person; nothing is guessed.

    Raises:
        InvalidRequestError: It is no export that is known, is broken, or has too many lines.
    """
    with TemporaryDirectory(prefix="credence-upload-") as scratch:
        path = Path(scratch) / "upload"
        path.write_bytes(content)
        try:
            return _read(path, content, log_id, words)
        except (IntakeError, DefinitionError) as error:
            sentence = str(error).replace(f"{path}:", "The file:").replace(str(path), "The file")
            raise InvalidRequestError(sentence) from None


def _read(path: Path, content: bytes, log_id: str, words: Vocabulary) -> Brought:
    read_bytes(path, USUAL)
    form = form_of(content)
    if form is None:
        raise InvalidRequestError(NONE_KNOWN)
    export = EXPORTS[form](path)
    total = len(export.lines) + len(export.torn)
    if total > LINES_MOST:
        sentence = (
            f"The file has {total:,} lines, and {LINES_MOST:,} are taken at once. Bring a shorter time."
        )
        raise InvalidRequestError(sentence)
    found = sort_lines(export.lines, Source(form, log_id, rules_for(words), words))
    ignored: dict[str, int] = {}
    for reason, _ in found.ignored:
        ignored[reason] = ignored.get(reason, 0) + 1
    left_over = tuple(found.uncategorised)
    return Brought(form, total, tuple(found.events), ignored, left_over, export.torn, export.notes)
