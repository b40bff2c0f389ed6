"""The start of a scorecard of one's own: a folder with a small one that works, its cases and its card."""

from importlib.resources import files
from pathlib import Path

from credence.errors import LogExistsError

NAMES = ("scorecard.yaml", "cases.yaml", "README.md")


def start(folder: Path) -> None:
    """Write a new scorecard into a new folder, named after it.

    Raises:
        LogExistsError: The folder exists already.
    """
    if folder.exists():
        raise LogExistsError(folder)
    folder.mkdir(parents=True)
    template = files("credence.scorecards").joinpath("template")
    name = "".join(letter if letter.isalnum() else "_" for letter in folder.name.lower())
    for file in NAMES:
        text = template.joinpath(file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace("NAME", name), encoding="utf-8")
