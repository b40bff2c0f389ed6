"""A statement is read once, and nothing of the file stays."""

import tempfile
from pathlib import Path

import pytest

from credence.errors import InvalidRequestError
from credence.events.vocabulary import shipped
from credence.server.services.bringing import files
from tests.events.exports.samples import COUNTS, FORMS, export


@pytest.mark.parametrize("form", FORMS)
def test_each_format_is_known_by_itself(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = files.read(export(form), "log-ana", shipped())
    told = len(found.rows), sum(found.ignored.values()), len(found.left_over)
    assert (found.form, told, found.furnisher) == (form, COUNTS[form], f"self:{form}")
    assert found.lines == sum(told) + len(found.torn)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file: it is empty."),
        (b"%PDF-1.4 ...", "The file: it is a PDF, made for printing."),
        (b"day;amount\n", "no file that is known here"),
        (b"<OFX><STMTTRN>", "breaks off"),
    ],
)
def test_what_cannot_be_read_is_said_without_a_path(content: bytes, why: str) -> None:
    with pytest.raises(InvalidRequestError) as told:
        files.read(content, "log-ana", shipped())
    assert why in str(told.value)
    assert tempfile.gettempdir() not in str(told.value)


def test_a_file_of_too_many_lines_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LINES_MOST", 3)
    with pytest.raises(InvalidRequestError, match="10 lines, and 3 are taken"):
        files.read(export("alipay"), "log-ana", shipped())
