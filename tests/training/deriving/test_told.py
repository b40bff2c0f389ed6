"""What is said of numbers made of columns."""

from credence.characteristics.aggregates import Column, Derived
from credence.training.deriving.made import Made
from credence.training.deriving.pick import Derivations
from credence.training.deriving.told import listed, origin_of, section

USED = Made("used", Derived("ratio", (Column("a", text=False), Column("b", text=False))), "How much?")


def test_what_is_asked_is_said_with_what_it_is_made_of() -> None:
    found = Derivations(3, (USED,), 0.5, 0.49, {"used": 5})
    told = section(found)
    assert told.says[0].startswith(
        "Made of columns: used ('a' by 'b'). The log-loss out of fold falls from 0.5000 to 0.4900, 2.0 %;"
    )
    assert told.facts == {
        "tried": 3,
        "made": ["used"],
        "log_loss_before": 0.5,
        "log_loss_after": 0.49,
        "folds_that_picked": {"used": 5},
    }
    assert listed(found) == "used ('a' by 'b')"
    origin = origin_of(found)
    assert origin is not None
    assert origin.of("used") == USED.characteristic
    assert origin_of(Derivations(3)) is None


def test_that_nothing_was_worth_it_or_could_be_made_is_said_too() -> None:
    none, nothing = section(Derivations(3)), section(Derivations())
    assert none.says[0] == "Of 3 numbers that could be made of columns none was worth asking."
    assert "at least 0.4 %" in none.says[1]
    assert nothing.says == (
        "Nothing could be made of the columns: no names say that two are like amounts, or three of a family.",
    )
