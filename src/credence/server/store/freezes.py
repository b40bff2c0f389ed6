"""The SQL of freezes, exceptions from them, and fraud alerts."""

IS_FROZEN = "SELECT EXISTS (SELECT FROM freezes WHERE person_id = $1 AND lifted_at IS NULL)"
LIVE = "SELECT freeze_id, set_at, set_by, why FROM freezes WHERE person_id = $1 AND lifted_at IS NULL"
FREEZE = """
INSERT INTO freezes (freeze_id, person_id, set_at, set_by, why) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (person_id) WHERE lifted_at IS NULL DO UPDATE SET why = freezes.why RETURNING freeze_id
"""
THAW = "UPDATE freezes SET lifted_at = $2 WHERE person_id = $1 AND lifted_at IS NULL RETURNING freeze_id"
EXCEPT = """
INSERT INTO freeze_exceptions (person_id, partner_id, added_at, ends_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (person_id, partner_id) DO UPDATE SET added_at = $3, ends_at = $4
"""
NO_EXCEPTION = "DELETE FROM freeze_exceptions WHERE person_id = $1 AND partner_id = $2 RETURNING partner_id"
EXCEPTIONS = """
SELECT partner_id, partners.name AS partner, freeze_exceptions.ends_at
FROM freeze_exceptions JOIN partners USING (partner_id)
WHERE person_id = $1 AND freeze_exceptions.ends_at > $2 ORDER BY freeze_exceptions.added_at
"""
ALERT = "INSERT INTO fraud_alerts (alert_id, person_id, kind, set_at, ends_at) VALUES ($1, $2, $3, $4, $5)"
ALERTS = """
SELECT alert_id, kind, set_at, ends_at FROM fraud_alerts
WHERE person_id = $1 AND lifted_at IS NULL AND ends_at > $2 ORDER BY set_at
"""
LIFT_ALERT = """
UPDATE fraud_alerts SET lifted_at = $3
WHERE alert_id = $1 AND person_id = $2 AND lifted_at IS NULL AND ends_at > $3 RETURNING alert_id
"""
COHORT = """
SELECT DISTINCT person_id FROM inquiries JOIN people USING (person_id)
WHERE partner_id = $1 AND at >= $2 AND erased_at IS NULL
"""
PARTNERS = """
SELECT DISTINCT partner_id FROM consents
WHERE person_id = $1 AND granted_at <= $2 AND ends_at > $2 AND withdrawn_at IS NULL ORDER BY partner_id
"""
# A freeze that was set or lifted and nobody was told of yet; a process takes one that no other is at.
UNTOLD = """
SELECT freeze_id, person_id, why, set_at, lifted_at, told_at FROM freezes
WHERE told_at IS NULL OR (lifted_at IS NOT NULL AND lift_told_at IS NULL)
ORDER BY set_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
TOLD = "UPDATE freezes SET told_at = $2 WHERE freeze_id = $1"
LIFT_TOLD = "UPDATE freezes SET lift_told_at = $2 WHERE freeze_id = $1"
EVERYBODY = """
INSERT INTO bureau_freezes (freeze_id, set_at, set_by, why) VALUES ($1, $2, $3, $4)
ON CONFLICT ((true)) WHERE lifted_at IS NULL DO NOTHING RETURNING freeze_id
"""
THAW_EVERYBODY = """
UPDATE bureau_freezes SET lifted_at = $1, lifted_by = $2 WHERE lifted_at IS NULL RETURNING freeze_id
"""
OF_EVERYBODY = "SELECT freeze_id, set_at, why FROM bureau_freezes WHERE lifted_at IS NULL"
