-- Accounts with lenders, who looked, and the little that went badly wrong.

CREATE OR REPLACE TEMP TABLE of_credit AS
SELECT p, concat('ar', p, '-', m) AS event_id, 'old-bank' AS furnisher, 'account.reported' AS kind,
    first + 27 AS happened_on, 'card' AS account,
    if(roll(p, m, 'late card') < late_now // 2, 'late', 'current') AS status,
    if(status = 'late', 30, 0) AS days_past_due, 'CNY' AS currency,
    500000 + p % 8 * 250000 AS credit_limit,
    (500000 + p % 8 * 250000) // 100 * (roll(p, m, 'used') % if(temperament = 'careless', 95, 45)) AS balance
FROM months WHERE has_card AND (m + p) % 3 = 0
UNION ALL BY NAME
SELECT p, concat('co', p, '-', m) AS event_id, 'old-bank' AS furnisher, 'account.charged_off' AS kind,
    first + 25 AS happened_on, 'loan' AS account, first - 90 AS date_first_delinquency
FROM months WHERE has_loan AND m = spell_until - 1 AND roll(p, 0, 'charged off') < 180000
UNION ALL BY NAME
SELECT p, concat('cl', p, '-', m) AS event_id, 'swift-recovery' AS furnisher, 'account.in_collection' AS kind,
    first + 24 AS happened_on, 'phone' AS account, first - 60 AS date_first_delinquency
FROM months
WHERE (phoned OR powered) AND temperament <> 'steady'
    AND roll(p, m, 'collection') < if(temperament = 'careless', 9000, if(spell, 40000, 0))
UNION ALL BY NAME
SELECT p, concat('iq', p, '-', m) AS event_id, 'old-bank' AS furnisher, 'inquiry.made' AS kind,
    first + roll(p, m, 'asked on') % 28 AS happened_on, 'hard' AS inquiry, 'small_loan' AS purpose,
    'Old Bank' AS counterparty
FROM months WHERE roll(p, m, 'asked') < if(temperament = 'steady', 12000, 40000);

-- Who was checked: once, soon after they came.
CREATE OR REPLACE TEMP TABLE of_identity AS
SELECT p, concat('id', p) AS event_id, 'city-register' AS furnisher, 'identity.verified' AS kind,
    chosen(['passport', 'identity card', 'video call'], roll(p, 0, 'document')) AS method,
    m, first
FROM months WHERE m = came AND identified
UNION ALL BY NAME
SELECT p, concat('ad', p) AS event_id, 'city-register' AS furnisher,
    chosen(['address.verified', 'phone.verified'], roll(p, 0, 'reach')) AS kind, m, first
FROM months WHERE m = came AND reached
UNION ALL BY NAME
SELECT p, concat('em', p) AS event_id, 'city-register' AS furnisher, 'employment.verified' AS kind, m, first
FROM months WHERE m = came AND employed AND source = 'salary'
UNION ALL BY NAME
SELECT p, concat('ed', p) AS event_id, 'city-register' AS furnisher, 'education.verified' AS kind,
    m, first
FROM months WHERE m = came AND employed AND source <> 'salary';
