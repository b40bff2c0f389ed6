"""A letter as a page that loads nothing, needs no script, and prints."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from credence.server.services.deciding.letters.content import Letter


def page(letter: Letter) -> str:
    """The letter as HTML."""
    return _template().render(letter=letter)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string((files(__package__ or "") / "letter.html").read_text(encoding="utf-8"))
