"""A master key is changed under a bureau that runs: everything stays readable, and the old one can go."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import httpx

from tests.cli.commands import Credence, Ran, refused
from tests.server.people import number

CREDENCE = [str(Path(sys.executable).parent / "credence")]
who = count(1)


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The address of a bureau with its jobs."""
    command = [*CREDENCE, "serve", "--data", str(data), "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bureau:
        assert bureau.stdout is not None
        try:
            yield json.loads(bureau.stdout.readline())["url"]
        finally:
            bureau.send_signal(signal.SIGTERM)
            assert bureau.wait(60) == 0


def enrol(url: str, data: Path) -> httpx.Client:
    """Somebody new who is signed in, by the code that was mailed to them."""
    which = next(who)
    contact = {"kind": "email", "value": f"person{which}@example.org"}
    client = httpx.Client(base_url=url, timeout=20)
    assert client.post("/v1/enrolments", json={"contact": contact}).status_code == 202
    document = {"kind": "cn.ric", "value": number(which)}
    new = {"contact": contact, "code": code(data, which), "document": document, "agreed": True}
    assert client.post("/v1/people", json=new).status_code == 201
    return client


def code(data: Path, which: int) -> str:
    for _ in range(300):
        for mail in (data / "mails").glob("*.eml"):
            text = mail.read_text(encoding="utf-8")
            found = re.search(r"is ([0-9]{6})", text)
            if f"person{which}@" in text and found:
                return found[1]
        sleep(0.1)
    message = "no mail came"
    raise AssertionError(message)


def known_as(client: httpx.Client) -> set[str]:
    return {one["kind"] for one in client.get("/v1/identifiers").json()["data"]}


def test_a_master_key_is_changed_under_a_bureau_that_runs(credence: Credence) -> None:
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-keys-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"

        def keys(*words: str) -> Ran:
            return credence("keys", *words, "--data", data)

        with running(data) as url, closing(enrol(url, data)) as ana:
            assert keys("add", "--json").facts == {"key": "k2"}
            assert keys("use", "k2", "--json").facts == {"key": "k2"}
            with closing(enrol(url, data)) as ben:
                assert known_as(ana) == known_as(ben) == {"email", "cn.ric"}
                rows = {row["key"]: row for row in json.loads(keys("list", "--json").out)}
                assert rows["k1"]["wraps"] >= 2, "ana's, and the bureau's own"
                assert rows["k2"] == {"key": "k2", "in_use": True, "wraps": 1}
                assert "credence keys wrap" in refused(keys("retire", "k1"))
                assert keys("wrap", "--json").facts == {"wrapped": rows["k1"]["wraps"]}
                assert keys("retire", "k1", "--json").facts == {"key": "k1"}
                assert known_as(ana) == known_as(ben) == {"email", "cn.ric"}
                assert "k1" not in json.loads((data / "keys.json").read_bytes())["masters"]
            assert "There is no key 'k1'" in refused(keys("use", "k1"))
            assert "credence keys use k3" in keys("add").out
            assert "k3 is in use" in keys("use", "k3").out
            assert "were wrapped anew" in keys("wrap").out
            assert "k3  wraps" in keys("list").out
            assert "k2 is gone" in keys("retire", "k2").out
            assert known_as(ana) == {"email", "cn.ric"}
