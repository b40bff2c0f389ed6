"""A bureau is run, its parties are added beside it, and it ends in order, with its database."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from credence.server.database.embedded import running_at

CREDENCE = [str(Path(sys.executable).parent / "credence")]


@pytest.fixture
def place() -> Iterator[Path]:
    # Not below pytest's own folder, into which only its owner may look.
    with TemporaryDirectory(prefix="credence-serve-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def said(place: Path, *words: str, sandbox: bool = True) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CREDENCE_SANDBOX": "true" if sandbox else "false"}
    command = [*CREDENCE, *words, "--data", str(place / "data"), "--json"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_bureau_is_served_and_ends_with_its_database(place: Path) -> None:
    environment = os.environ | {"CREDENCE_SANDBOX": "true"}
    command = [*CREDENCE, "serve", "--data", str(place / "data"), "--port", "0", "--json"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as bureau:
        assert bureau.stdout is not None
        url = json.loads(bureau.stdout.readline())["url"]
        assert httpx.get(f"{url}/readyz").json() == {"status": "ok"}
        made = json.loads(said(place, "partners", "add", "Flats", "--purpose", "rental_deposit").stdout)
        who = httpx.get(f"{url}/v1/whoami", headers={"Authorization": f"Bearer {made['test_key']}"})
        assert (who.json()["id"], who.json()["test"]) == (made["id"], True)
        ada = json.loads(said(place, "operators", "add", "Ada", "--role", "admin").stdout)
        for address in (["ada@bureau.example"], []):
            assert json.loads(said(place, "operators", "email", "Ada", *address).stdout) == {"id": ada["id"]}
        told = httpx.post(f"{url}/v1/operators/sign-in", json={"secret": ada["secret"]})
        assert told.json()["operator_id"] == ada["id"]
        second = said(place, "serve", "--port", "0")
        assert (second.returncode, json.loads(second.stdout)["error"]) == (2, "bureau_running")
        bureau.send_signal(signal.SIGTERM)
        assert bureau.wait(60) == 0
    assert not list(running_at(place / "data" / "postgres").socket.glob(".s.PGSQL.5432"))


def test_what_a_killed_bureau_left_running_is_taken_over(place: Path) -> None:
    command = [*CREDENCE, "serve", "--data", str(place / "data"), "--port", "0", "--no-jobs"]
    for last in (False, True):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bureau:
            assert bureau.stdout is not None
            assert "The bureau listens on" in bureau.stdout.readline()
            bureau.send_signal(signal.SIGINT if last else signal.SIGKILL)
            assert bureau.wait(60) == (0 if last else -signal.SIGKILL)


def test_parties_are_added_without_a_bureau_that_runs(place: Path) -> None:
    assert json.loads(said(place, "furnishers", "add", "Power", sandbox=False).stdout)["test_key"] is None
    again = said(place, "furnishers", "add", "Power", sandbox=False)
    assert (again.returncode, json.loads(again.stdout)["error"]) == (2, "conflict")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://ada:hidden@127.0.0.1:1/bureau", "onnection"),
        ("postgresql://ada:hidden@127.0.0.1:port/bureau", "that was named cannot be used"),
        ("mysql://ada:hidden@127.0.0.1/bureau", "write it as postgresql://user:password@host/database"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_without_its_password(place: Path, url: str, why: str) -> None:
    refused = said(place, "operators", "add", "Ada", "--role", "admin", "--database", url)
    told = json.loads(refused.stdout)
    assert (refused.returncode, told["error"]) == (2, "database_refused")
    assert why in told["sentence"]
    assert "hidden" not in refused.stdout + refused.stderr


def test_a_worker_waits_until_a_bureau_runs_over_its_folder(place: Path) -> None:
    command = [*CREDENCE, "worker", "--data", str(place / "data")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert "The worker waits until 'credence serve' runs over" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(60) == 0
