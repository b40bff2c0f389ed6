"""The SQL of consents and of requests for them."""

from credence.server.store.scores import newest

# The live consent of the person whom a partner knows by an id, if any.
LIVE = """
  SELECT people.person_id, people.log_id, consent_id, level, at_least, consents.scorecard, first_read_at,
         EXISTS (SELECT FROM bureau_freezes WHERE lifted_at IS NULL) AS all_frozen,
         EXISTS (SELECT FROM bureau_freezes WHERE lifted_at IS NULL)
         OR EXISTS (SELECT FROM freezes WHERE freezes.person_id = people.person_id AND lifted_at IS NULL)
         AND NOT EXISTS (SELECT FROM freeze_exceptions AS x WHERE x.person_id = people.person_id
                         AND x.partner_id = $1 AND x.ends_at > $4) AS frozen,
         (SELECT max(ends_at) FROM fraud_alerts WHERE fraud_alerts.person_id = people.person_id
          AND lifted_at IS NULL AND ends_at > $4) AS alert_until
  FROM pairwise JOIN people USING (person_id) JOIN consents USING (person_id)
  WHERE known_as = $2 AND party_id = $1 AND consents.partner_id = $1 AND purpose = $3
    AND granted_at <= $4 AND consents.ends_at > $4 AND withdrawn_at IS NULL
    AND level = ANY($5) AND ($6::text IS NULL OR consents.scorecard = $6)
    AND (at_least IS NULL OR $7::integer IS NULL OR at_least = $7)
    AND left_at IS NULL AND erased_at IS NULL
  ORDER BY array_position($5, level), granted_at DESC LIMIT 1
"""
# With whether the partner may ask for the purpose: one statement whatever the answer is, so that its time
# says nothing.
FOR_PARTNER = f"""
SELECT $3 = ANY(partners.purposes) AS registered, partners.name AS called, live.*
FROM partners LEFT JOIN LATERAL ({LIVE}) AS live ON true WHERE partners.partner_id = $1
"""  # noqa: S608 - made of constants
# The same, with the newest score where there is a consent and no freeze.
ASK = f"""
SELECT $3 = ANY(partners.purposes) AS registered, partners.name AS called, live.*, found.*
FROM partners LEFT JOIN LATERAL ({LIVE}) AS live ON true
LEFT JOIN LATERAL ({newest("live.person_id", "$6")}) AS found ON NOT live.frozen
WHERE partners.partner_id = $1
"""  # noqa: S608 - made of constants
PERSON = "SELECT log_id FROM people WHERE person_id = $1 AND erased_at IS NULL"
PARTNER = "SELECT name, purposes FROM partners WHERE partner_id = $1 AND ended_at IS NULL"
INSERT = """
INSERT INTO consents (consent_id, person_id, partner_id, purpose, level, at_least, scorecard, granted_at,
                      ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
WITHDRAW = """
UPDATE consents SET withdrawn_at = $3 WHERE consent_id = $1 AND person_id = $2 AND withdrawn_at IS NULL
RETURNING partner_id
"""
# The first read under a consent, and whether the partner had read under another one before.
FIRST_READ = """
UPDATE consents SET first_read_at = $2 WHERE consent_id = $1 AND first_read_at IS NULL
RETURNING partner_id, NOT EXISTS
  (SELECT FROM consents AS other WHERE other.person_id = consents.person_id
   AND other.partner_id = consents.partner_id AND other.first_read_at IS NOT NULL) AS new
"""
WITHDRAW_ALL = """
UPDATE consents SET withdrawn_at = $2 WHERE person_id = $1 AND withdrawn_at IS NULL AND ends_at > $2
RETURNING consent_id, partner_id
"""
ONE = "SELECT partner_id FROM consents WHERE consent_id = $1 AND person_id = $2"
COLUMNS = """
SELECT consent_id, consents.partner_id, partners.name AS partner, known_as, purpose, level, at_least,
       scorecard, granted_at, consents.ends_at, withdrawn_at
FROM consents JOIN partners USING (partner_id)
LEFT JOIN pairwise ON pairwise.party_id = consents.partner_id AND pairwise.person_id = consents.person_id
"""
OF_PERSON = COLUMNS + "WHERE consents.person_id = $1 AND consent_id < $2 ORDER BY consent_id DESC LIMIT $3"
OF_PARTNER = COLUMNS + "WHERE consents.partner_id = $1 AND consent_id < $2 ORDER BY consent_id DESC LIMIT $3"
