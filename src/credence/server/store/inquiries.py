"""The SQL of inquiries."""

# The read and its entry in the audit in one statement, as there is one for every question of a partner.
RECORD = """
WITH recorded AS (
  INSERT INTO inquiries (inquiry_id, at, person_id, reader, reader_id, partner_id, purpose, level, consent_id,
                         reason, hard, scorecard, as_of, known_at, result, request_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb, $16)
)
INSERT INTO audit (entry_id, at, request_id, actor, actor_id, what, person_id, partner_id, details)
VALUES ($17, $2, $16, $4, $5, 'score.read', $3, $6,
        jsonb_build_object('inquiry', $1::text, 'purpose', $7::text, 'level', $8::text, 'consent', $9::text)
        || CASE WHEN $18::text IS NULL THEN '{}' ELSE jsonb_build_object('member', $18::text) END)
"""
COLUMNS = """
SELECT inquiry_id, inquiries.at, reader, inquiries.partner_id, partners.name AS partner, purpose, level,
       consent_id, reason, hard, scorecard, as_of, known_at, result, disowned_inquiries.at AS disowned_at,
       contested.dispute_id, contested.answer
FROM inquiries LEFT JOIN partners USING (partner_id) LEFT JOIN disowned_inquiries USING (inquiry_id)
LEFT JOIN LATERAL (SELECT dispute_id, answer FROM dispute_items i WHERE i.inquiry_id = inquiries.inquiry_id
                   ORDER BY item_id DESC LIMIT 1) AS contested ON true
WHERE inquiries.person_id = $1
"""
OF_PERSON = COLUMNS + "AND inquiry_id < $2 ORDER BY inquiry_id DESC LIMIT $3"
OF_OTHERS = COLUMNS + "AND reader <> 'person' AND inquiry_id < $2 ORDER BY inquiry_id DESC LIMIT $3"
ONE = COLUMNS + "AND inquiry_id = $2"
DISOWN = """
INSERT INTO disowned_inquiries (inquiry_id, person_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
"""
REFUSE = """
INSERT INTO refused_inquiries (inquiry_id, at, person_id, partner_id, purpose, level, scorecard, consent_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
REFUSED = """
SELECT inquiry_id, at, partner_id, partners.name AS partner, purpose, level, scorecard, consent_id
FROM refused_inquiries JOIN partners USING (partner_id)
WHERE person_id = $1 AND inquiry_id < $2 ORDER BY inquiry_id DESC LIMIT $3
"""
