"""What a partner is told, in words."""

from datetime import UTC, date, datetime

from credence.server.web.person.sharing.sent import sent

TOLD = {
    "level": "statement", "scorecard": "everyday", "version": 1, "as_of": date(2026, 11, 6),
    "known_at": datetime(2026, 11, 6, 1, tzinfo=UTC), "outcome": "score", "band": "good", "score": 640,
    "fraud_alert_until": "2027-11-06T00:00:00Z",
    "reasons": [{"code": "none.such", "sentence": "Bills were often late"}],
    "lines": [{"characteristic": "x", "question": "How many?", "points": 5, "points_most": None}],
    "statements_on_file": [{"dispute_id": "dis_1", "text": "I had moved."}, "dis_2"],
}  # fmt: skip


def test_all_that_is_sent_is_told_in_words_and_letter_for_letter() -> None:
    found = sent(TOLD, "en")
    assert dict(found.facts) == {
        "Answer": "There is a score", "Score": "640", "Band": "good", "Scorecard": "everyday",
        "As of": "6 November 2026", "As known at": "6 November 2026, 01:00 UTC",
        "Fraud alert until": "6 November 2027, 00:00 UTC",
    }  # fmt: skip
    assert [name for name, _ in found.brief] == ["Answer", "Score", "Band"]
    assert found.reasons == ("Bills were often late",)
    assert [(one.question, one.points, one.most) for one in found.lines] == [("How many?", 5, None)]
    assert found.words == ("I had moved.", "dis_2")
    assert '"score": 640' in found.exactly


def test_no_is_told_with_the_number_that_was_asked_and_nothing_else_of_the_score() -> None:
    told = {"level": "threshold", "at_least": 650, "scorecard": "everyday", "version": 1, "outcome": "no"}
    assert dict(sent(told, "en").facts) == {"Answer": "No, less than 650", "Scorecard": "everyday"}
    assert "未达到 650" in dict(sent(told, "zh").facts)["答复"]
    assert sent({"outcome": "no_score"}, "en").facts == (("Answer", "There is no score"),)
