"""The SQL of scores and of publications."""

MOMENT = "version, definition_hash, as_of, known_at, snapshot"
GIVEN = "score, band, unscorable, reasons, lines"
NAMES = (*MOMENT.split(", "), *GIVEN.split(", "), "folder")


def newest(person: str, card: str) -> str:
    """The newest score of a person by a scorecard, both as SQL.

    Of two scores the newer day is told, and of one day what was known later. Of those published only the
    newest run counts, even for somebody who is not in it.
    """
    last = f"SELECT number FROM publications WHERE scorecard = {card} ORDER BY as_of DESC, known_at DESC"  # noqa: S608
    return f"""
SELECT * FROM (
  SELECT {MOMENT}, {GIVEN}, folder FROM scores JOIN publications USING (number)
  WHERE person_id = {person} AND number = ({last} LIMIT 1)
  UNION ALL
  (SELECT {MOMENT}, {GIVEN}, NULL FROM evaluations WHERE person_id = {person} AND scorecard = {card}
   ORDER BY as_of DESC, known_at DESC LIMIT 1)
) AS both_ways ORDER BY as_of DESC, known_at DESC LIMIT 1
"""  # noqa: S608 - made of constants


CURRENT = newest("$1", "$2")
EVERY = f"""
SELECT {MOMENT}, {GIVEN}, folder FROM scores JOIN publications USING (number)
WHERE person_id = $1 AND scorecard = $2
UNION ALL
SELECT {MOMENT}, {GIVEN}, NULL FROM evaluations WHERE person_id = $1 AND scorecard = $2
"""  # noqa: S608 - made of constants
HISTORY = f"""
SELECT DISTINCT ON (as_of) * FROM ({EVERY}) AS every WHERE as_of < $3
ORDER BY as_of DESC, known_at DESC LIMIT $4
"""  # noqa: S608 - made of constants
# As known at an instant, or last; of a day.
AT = f"""
SELECT * FROM ({EVERY}) AS every WHERE as_of = $3 AND ($4::timestamptz IS NULL OR known_at = $4)
ORDER BY known_at DESC LIMIT 1
"""  # noqa: S608 - made of constants
# The publication whose definition held on a day.
HELD = """
SELECT folder FROM publications WHERE scorecard = $1 AND as_of <= $2
ORDER BY as_of DESC, known_at DESC LIMIT 1
"""
ADD_EVALUATION = f"""
INSERT INTO evaluations (person_id, scorecard, {MOMENT}, {GIVEN}, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
"""  # noqa: S608 - made of constants
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('publications', 0))"
KNOWN = "SELECT EXISTS (SELECT FROM publications WHERE run = $1)"
NEXT = "SELECT coalesce(max(number), 0) + 1 FROM publications"
PEOPLE = "SELECT log_id, person_id FROM people WHERE left_at IS NULL AND erased_at IS NULL"
ADD = """
INSERT INTO publications (number, run, run_hash, folder, scorecard, version, definition_hash, as_of, known_at,
                          snapshot, people, published_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""
COLUMNS = ("number", "person_id", "score", "band", "unscorable", "reasons", "lines")
DRAFT, ATTACH = "SELECT credence_scores_draft($1)", "SELECT credence_scores_attach($1, $2)"
