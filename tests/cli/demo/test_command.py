"""Without the packages of the bureau, the demonstration is printed."""

import sys

import pytest

import credence.cli.demo as package
from tests.cli.commands import Credence


def test_without_the_bureaus_packages_it_is_printed_and_says_what_to_install(
    credence: Credence, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(package, "launch", raising=False)
    for module in ("demo.launch", "server.listening"):
        monkeypatch.delitem(sys.modules, f"credence.cli.{module}", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = credence("demo")
    assert ran.code == 0
    assert "pip install 'credence[server]'" in ran.out.splitlines()[0]
    assert ran.out.count("YOUR SCORE") == 3
