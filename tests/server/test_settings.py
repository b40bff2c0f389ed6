"""Settings come from the environment; all that is wrong with them is told at once."""

from pathlib import Path

import pytest

from credence.errors import SettingError
from credence.server.settings import Settings, read_settings


def test_without_variables_everything_is_as_documented() -> None:
    assert read_settings({"PATH": "/bin"}) == Settings()


def test_each_variable_sets_what_it_names() -> None:
    said = {
        "CREDENCE_DATA": "/srv/credence", "CREDENCE_SANDBOX": "True", "CREDENCE_POOL_MOST": "3",
        "CREDENCE_SCORECARDS": "everyday, fico,", "CREDENCE_GROUPS": "/srv/groups.csv",
        "CREDENCE_PG_BIN": "/usr/lib/postgresql/15/bin",
    }  # fmt: skip
    found = read_settings(said)
    assert (found.data, found.sandbox, found.pool_most) == (Path("/srv/credence"), True, 3)
    assert (found.scorecards, found.groups) == (("everyday", "fico"), Path("/srv/groups.csv"))
    assert (found.log, found.runs) == (Path("/srv/credence/log"), Path("/srv/credence/runs"))


def test_every_fault_is_told() -> None:
    said = {"CREDENCE_SANDBOX": "yes", "CREDENCE_POOL_MOST": "0", "CREDENCE_COLOUR": "red"}
    with pytest.raises(SettingError) as error:
        read_settings(said)
    told = str(error.value).splitlines()
    assert told[0] == "The settings have faults:"
    assert told[1].startswith("  CREDENCE_COLOUR is no setting. Settings are: CREDENCE_")
    assert told[2:] == [
        "  CREDENCE_SANDBOX is 'yes'; write true or false.",
        "  CREDENCE_POOL_MOST is '0'; write a whole number from 1 on.",
    ]
