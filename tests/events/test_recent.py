from concurrent.futures import ThreadPoolExecutor

from credence.events.recent import PEOPLE_MOST, Events, Recent


def asked(recent: Recent, person: str, snapshot: int | None) -> tuple[Events, int]:
    """What is answered, and how often it had to be read."""
    times = 0

    def read() -> Events:
        nonlocal times
        times += 1
        return [{"person_id": person, "batch": snapshot}]

    return recent.of(person, snapshot, read), times


def test_who_was_read_is_not_read_again_until_the_log_changes() -> None:
    recent = Recent()
    answers = [asked(recent, "ana", snapshot) for snapshot in (None, None, 1, 1, 2)]
    assert [times for _, times in answers] == [1, 0, 1, 0, 1]
    assert answers[3][0] == [{"person_id": "ana", "batch": 1}]


def test_nothing_is_kept_of_anybody_once_the_log_has_changed() -> None:
    recent = Recent()
    asked(recent, "ana", 1)
    asked(recent, "ben", 2)
    assert "ana" not in repr(recent)


def test_those_who_were_asked_for_longest_ago_are_dropped() -> None:
    recent = Recent()
    for number in range(PEOPLE_MOST):
        asked(recent, str(number), 1)
    asked(recent, "0", 1)
    asked(recent, "one more", 1)
    assert [asked(recent, person, 1)[1] for person in ("0", "1")] == [0, 1]


def test_what_a_caller_changes_is_changed_for_nobody_else() -> None:
    recent = Recent()
    asked(recent, "ana", 1)[0][0]["kind"] = "another"
    assert asked(recent, "ana", 1) == ([{"person_id": "ana", "batch": 1}], 0)


def test_threads_share_what_was_read() -> None:
    recent = Recent()
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: (n, asked(recent, str(n % 50), n // 200)[0]), range(1000))
    assert all(found == [{"person_id": str(n % 50), "batch": n // 200}] for n, found in answers)
