"""The people of the town and its wrong events, read again."""

from credence.lab.big_town.beside import Inhabitant, WrongEvent, inhabitants, wrong_events
from credence.lab.big_town.stories import load_stories
from tests.lab.big_town.settling import Settled


def test_those_with_a_story_are_the_first_of_the_people(settled: Settled) -> None:
    people = inhabitants(settled.files)
    assert [one.person_id for one in people[:6]] == [*(s.person_id for s in load_stories()), "town-000001"]
    assert people[0] == Inhabitant("amina", "Amina Farah", "amina@example.org", "en", "hillside")
    assert len({one.person_id for one in people}) == len(people) == 805


def test_each_wrong_event_says_whose_it_is_and_what_it_is_mistaken_for(settled: Settled) -> None:
    wrong = wrong_events(settled.files)
    assert WrongEvent("rosa", "city-phone", "rosa-010", "wrongly_unpaid", "rosa", None) in wrong
    assert all(one.about for one in wrong if one.fault == "reported_twice")
    assert {one.fault == "of_a_namesake" for one in wrong if one.belongs_to != one.person_id} == {True}


def test_a_wrong_event_is_among_those_that_were_sent(settled: Settled) -> None:
    told = {str(event["event_id"]) for event in settled.log.events_of("rosa")}
    assert "rosa-010" in told
