"""The reference of the bureau tells all there is: settings, routes, scopes, ids, problems."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from credence.errors import RequestError
from credence.server.app import create_app
from credence.server.ids import PREFIXES
from credence.server.services.access.scopes import SCOPES
from credence.server.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent.parent
REFERENCE = ROOT / "docs" / "reference"


def text(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def refusals(of: type[RequestError] = RequestError) -> Iterator[type[RequestError]]:
    yield of
    for child in of.__subclasses__():
        yield from refusals(child)


def test_every_setting_is_told_in_its_own_words() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", text("settings"), re.MULTILINE)
    told = [(f"{PREFIX}{one.name.upper()}", one.metadata["text"]) for one in fields(Settings)]
    assert rows == told


def test_every_route_is_told_with_who_may_use_it() -> None:
    rows = dict(re.findall(r"^\| `([A-Z]+ /\S+)` \| ([^|]+) \|", text("api"), re.MULTILINE))
    told = {
        f"{method.upper()} {path}": operation
        for path, operations in create_app(Settings(), "postgresql://nowhere").openapi()["paths"].items()
        for method, operation in operations.items()
    }
    assert rows.keys() == told.keys()
    for route, operation in told.items():
        named = [re.sub(r" \(.*\)", "", one) for one in rows[route].split(", ")]
        assert named == operation.get("x-for", ["anybody"]), route
        for scope in operation.get("x-scopes", {}).values():
            assert f"(`{scope}`)" in rows[route]


def test_every_scope_and_every_prefix_is_told() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| (\w+)[^|]* \|", text("api"), re.MULTILINE)
    assert {(scope, kind) for kind, scopes in SCOPES.items() for scope in scopes} <= set(rows)
    prefixes = dict(re.findall(r"^\| `(\w{3})_` \| ([^|]+) \|", text("api"), re.MULTILINE))
    assert prefixes == PREFIXES


def test_every_problem_is_told_with_its_status() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\d+)", text("api-errors"), re.MULTILINE)
    assert sorted(rows) == sorted((one.code, one.__name__, str(one.status)) for one in refusals())


def test_the_unit_and_the_recipe_name_commands_that_are_there() -> None:
    unit = (ROOT / "deploy" / "credence.service").read_text(encoding="utf-8")
    assert "ExecStart=/usr/local/bin/credence serve " in unit
    recipe = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "ARG EXTRA" in recipe
