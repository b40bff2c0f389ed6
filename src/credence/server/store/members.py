"""The SQL of members: those who act for a partner or furnisher."""

# That a row of members is somebody who may come: neither they nor whom they act for left.
LIVE = """members.ended_at IS NULL
AND NOT EXISTS (SELECT FROM partners WHERE partner_id = members.party_id AND ended_at IS NOT NULL)
AND NOT EXISTS (SELECT FROM furnishers WHERE furnisher_id = members.party_id AND ended_at IS NOT NULL)"""
ONE = f"SELECT party, party_id, scopes FROM members WHERE member_id = $1 AND {LIVE}"  # noqa: S608 - named above
ADD = """
INSERT INTO members (member_id, party, party_id, name, scopes, added_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING RETURNING true
"""
LIST = """
SELECT member_id AS id, name, scopes AS has, added_at, ended_at FROM members
WHERE party = $1 AND party_id = $2 ORDER BY member_id
"""
END = """
UPDATE members SET ended_at = $4
WHERE party = $1 AND party_id = $2 AND member_id = $3 AND ended_at IS NULL
"""
# What somebody who left came in with is of no use any more.
FORGET = (
    "UPDATE tokens SET ended_at = $2 WHERE member_id = $1 AND ended_at IS NULL",
    "DELETE FROM links WHERE actor = 'member' AND actor_id = $1 AND ends_at > $2",
    "DELETE FROM passkeys WHERE actor = 'member' AND actor_id = $1 AND added_at <= $2",
)
