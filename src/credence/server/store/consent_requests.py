"""The SQL of requests for consents."""

INSERT = """
INSERT INTO consent_requests (request_id, partner_id, person_id, open, purpose, level, at_least, scorecard,
                              days, asked_at, lapses_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""
COLUMNS = """
SELECT request_id, partner_id, partners.name AS partner, purpose, level, at_least, scorecard, days, asked_at,
       lapses_at, consent_id, known_as
FROM consent_requests JOIN partners USING (partner_id)
LEFT JOIN pairwise ON pairwise.party_id = partner_id AND pairwise.person_id = consent_requests.person_id
WHERE
"""
# An open request may be granted by whoever is shown its id, which nobody can guess.
FOR_PERSON = (
    COLUMNS
    + """request_id = $1 AND lapses_at > $3
  AND (consent_requests.person_id = $2 OR (open AND consent_requests.person_id IS NULL))"""
)
FOR_PARTNER = COLUMNS + "request_id = $1 AND partner_id = $2 AND $3::timestamptz IS NOT NULL"
WAITING = (
    COLUMNS
    + """consent_requests.person_id = $1 AND lapses_at > $2 AND consent_id IS NULL
ORDER BY request_id DESC LIMIT 200"""
)
OF_PARTNER = (
    COLUMNS
    + """consent_requests.partner_id = $1 AND request_id < $2
ORDER BY request_id DESC LIMIT $3"""
)
GRANTED = """
UPDATE consent_requests SET consent_id = $2, person_id = $3
WHERE request_id = $1 AND consent_id IS NULL AND (person_id IS NULL OR person_id = $3) RETURNING request_id
"""
