"""What pages load: small, kept for ever under an address of its content, and only from us."""

from gzip import decompress
from pathlib import Path

from credence.server.web.assets import address, assets
from tests.server.harness import bureau, run

SCRIPT_MOST, ALL_MOST = 15_000, 120_000


def test_scripts_are_at_most_fifteen_thousand_bytes_packed_and_everything_a_hundred_and_twenty() -> None:
    packed = {name: len(one.packed or one.content) for name, one in assets().items()}
    assert sum(size for name, size in packed.items() if name.endswith(".js")) <= SCRIPT_MOST
    assert sum(packed.values()) <= ALL_MOST - SCRIPT_MOST


def test_what_is_asked_for_by_its_address_comes_packed_and_may_be_kept(database: str, folder: Path) -> None:
    async def it() -> None:
        async with bureau(database, folder) as here:
            reply = await here.client.get(address("app.css"), headers={"Accept-Encoding": "gzip"})
            assert reply.headers["Content-Encoding"] == "gzip"
            assert "immutable" in reply.headers["Cache-Control"]
            assert reply.text == decompress(assets()["app.css"].packed or b"").decode()
            plain = await here.client.get(address("app.css"), headers={"Accept-Encoding": "identity"})
            assert plain.content == assets()["app.css"].content
            font = await here.client.get(address("inter.woff2"))
            assert font.content == assets()["inter.woff2"].content
            for path in ("/assets/0123456789ab/app.css", address("app.css") + "x", "/assets/a/LICENCES.md"):
                assert (await here.client.get(path)).status_code == 404

    run(it())


def test_the_style_names_the_font_by_its_own_address() -> None:
    assert address("inter.woff2").encode() in assets()["app.css"].content
