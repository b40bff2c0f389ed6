"""The API is described, for programs and for people; the page loads nothing from elsewhere."""

import re
from pathlib import Path

from credence.server.api.viewer import resolved
from credence.server.app import create_app
from credence.server.settings import Settings
from tests.server.harness import bureau, run


def test_the_page_shows_every_operation_and_loads_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            schema = (await here.client.get("/v1/openapi.json")).json()
            page = await here.client.get("/v1/docs")
            assert schema["openapi"].startswith("3.1")
            for path in schema["paths"]:
                assert f'<span class="path">{path}</span>' in page.text
            assert re.findall(r'(?:src|href)="(?!#|openapi\.json)', page.text) == []
            assert "script" not in page.headers["Content-Security-Policy"]
            assert "style-src 'sha256-" in page.headers["Content-Security-Policy"]

    run(work())


def test_a_shape_is_told_in_few_words() -> None:
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Key"}}
    assert resolved(listed) == "list of Key"
    assert resolved({"anyOf": [{"type": "string"}, {"type": "null"}]}) == "string or null"
    assert resolved({"enum": ["a", "b"]}) == "a, b"
    assert resolved({}) == "anything"


def test_every_part_that_is_named_is_there() -> None:
    schema = create_app(Settings(), "postgresql://nowhere").openapi()
    named = set(re.findall(r"'#/components/schemas/([^']+)'", str(schema)))
    assert named <= schema["components"]["schemas"].keys()
