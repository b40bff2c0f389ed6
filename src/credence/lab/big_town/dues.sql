-- What falls due, and what becomes of it: paid in time, paid late, left unpaid.

CREATE OR REPLACE TEMP TABLE dues AS
SELECT p, m, 'ph' AS code, 'phone' AS service, first + CAST(p % 28 AS INTEGER) AS due_on,
    4000 + roll(p, 0, 'plan') % 9 * 1000 AS amount, late_now, missed_now
FROM months WHERE phoned
UNION ALL
-- A cold winter and a hot summer cost power.
SELECT p, m, 'po', 'power', first + CAST(p % 25 AS INTEGER),
    9000 + roll(p, m, 'power') // 200 + if(of_year IN (1, 2, 7, 8, 12), 6000, 0), late_now, missed_now
FROM months WHERE powered AND (m + p) % 3 = 0
UNION ALL
SELECT p, m, 'wa', 'water', first + CAST(p % 26 AS INTEGER), 3000 + roll(p, m, 'water') // 300,
    late_now, missed_now
FROM months WHERE watered AND (m + p) % 4 = 0
UNION ALL
SELECT p, m, 'he', 'heating', first + CAST(p % 27 AS INTEGER), 12000 + roll(p, m, 'heating') // 100,
    late_now, missed_now
FROM months WHERE heated AND of_year IN (11, 12, 1, 2, 3)
UNION ALL
-- Whom nothing else leaves short pays the rent, and the loan, before anything else.
SELECT p, m, 're', 'rent', first + CAST(p % 5 AS INTEGER), home, late_now // 2, missed_now // 4
FROM months WHERE rents
UNION ALL
SELECT p, m, 'lo', 'loan', first + CAST(p % 20 AS INTEGER), 30000 + roll(p, 0, 'loan') // 20,
    late_now // 2, missed_now // 3
FROM months WHERE has_loan;

CREATE OR REPLACE TEMP TABLE ends AS
SELECT
    *,
    CASE
        WHEN roll(p, m, code) < missed_now THEN 'unpaid'
        WHEN roll(p, m, code) < missed_now + late_now THEN 'late'
        ELSE 'paid'
    END AS outcome,
    if(outcome = 'late', 1 + roll(m, p, code) % 14, 0) AS days_late
FROM dues;

CREATE OR REPLACE TEMP TABLE of_dues AS
SELECT
    p, concat(code, p, '-', m) AS event_id,
    CASE service WHEN 'rent' THEN 'northgate-homes' WHEN 'loan' THEN 'old-bank'
        ELSE 'city-' || service END AS furnisher,
    CASE service
        WHEN 'rent' THEN if(outcome = 'unpaid', 'rent.unpaid', 'rent.paid')
        WHEN 'loan' THEN if(outcome = 'unpaid', 'repayment.missed', 'repayment.made')
        ELSE if(outcome = 'unpaid', 'bill.unpaid', 'bill.paid')
    END AS kind,
    due_on + CASE outcome WHEN 'unpaid' THEN 20 ELSE days_late END AS happened_on,
    if(outcome = 'unpaid', NULL, days_late) AS days_late,
    due_on AS due_date,
    amount, 'CNY' AS currency,
    CASE service WHEN 'rent' THEN 'Northgate Homes' WHEN 'loan' THEN 'Old Bank'
        WHEN 'phone' THEN 'City Phone' WHEN 'power' THEN 'City Power'
        WHEN 'water' THEN 'City Water' ELSE 'City Heating' END AS counterparty,
    if(service IN ('rent', 'loan'), NULL, service) AS service,
    if(service = 'loan', 'loan', NULL) AS account
FROM ends;
