-- What furnishers got wrong, and what is true: a bill that was paid reported unpaid, an unpaid one reported
-- twice, and one of somebody else of the same name.

CREATE OR REPLACE TEMP TABLE wrongly_unpaid AS
SELECT p, 'x' || event_id AS event_id, furnisher, 'bill.unpaid' AS kind, due_date + 20 AS happened_on,
    due_date, amount, currency, counterparty, service, event_id AS about
FROM of_dues
WHERE kind = 'bill.paid' AND roll(p, 0, 'reference') < 20000
    AND due_date + 20 < getvariable('last_day')
    AND due_date >= getvariable('last_day') - to_months(12)
QUALIFY row_number() OVER (PARTITION BY p ORDER BY roll(p, 0, event_id), event_id) = 1;

CREATE OR REPLACE TEMP TABLE twice AS
SELECT p, 'd' || event_id AS event_id, furnisher, kind, happened_on + 3 AS happened_on, due_date, amount,
    currency, counterparty, service, event_id AS about
FROM of_dues WHERE kind = 'bill.unpaid' AND roll(p, 1, event_id) < 20000;

CREATE OR REPLACE TEMP TABLE of_namesakes AS
SELECT of_dues.* REPLACE (other AS p), p AS belongs_to
FROM of_dues JOIN (
    SELECT p, lead(p) OVER (PARTITION BY name ORDER BY p) AS other FROM inhabitants
) USING (p)
WHERE kind = 'bill.unpaid' AND other IS NOT NULL AND roll(p, 2, event_id) < 20000;

