"""SQL about decisions that several services share: which were settled, and which wait."""

# What somebody of the partner answered to a decision that its policy passed on to them.
ACCEPTED, DECLINED = "accepted", "declined"
SETTLED = """
(SELECT answer FROM reviews WHERE reviews.decision_id = decisions.decision_id
 AND answer IN ('accepted', 'declined'))
"""
# Passed on, and neither settled, nor overridden by a reviewer, nor decided again by the policy since.
UNSETTLED = """
(meaning = 'refer' AND NOT EXISTS
 (SELECT FROM reviews WHERE reviews.decision_id = decisions.decision_id
  AND answer IN ('accepted', 'declined', 'overridden'))
 AND NOT EXISTS
 (SELECT FROM decisions AS later WHERE later.partner_id = decisions.partner_id
  AND later.person_id = decisions.person_id AND later.policy = decisions.policy
  AND later.decision_id > decisions.decision_id AND later.meaning <> 'refer'))
"""
