-- The answers of bench/scorecard.yaml as somebody who knows the log would write them for one day: in one go,
-- with nothing that can be checked, contested or asked of another day. `events` are all events of the log.
WITH hidden AS (
    SELECT target_key FROM events WHERE action IN ('retracts', 'replaces')
    UNION
    SELECT target_key FROM events WHERE action IN ('suspends', 'releases') AND occurred_on < DATE '2026-11-02'
    GROUP BY target_key HAVING arg_max(action, (occurred_at, event_key)) = 'suspends'
), counted AS (
    SELECT *, year(occurred_on) * 12 + month(occurred_on) AS m
    FROM events ANTI JOIN hidden ON events.event_key = hidden.target_key
    WHERE coalesce(action, 'replaces') = 'replaces' AND occurred_on < DATE '2026-11-01'
), owed AS (
    SELECT person_id, sum(newest.balance) FILTER (newest.currency = 'CNY') AS owed_now FROM (
        SELECT person_id, arg_max({balance: balance, currency: currency}, (occurred_at, event_key)) AS newest
        FROM counted WHERE kind = 'account.reported' AND occurred_on >= DATE '2024-11-01' AND account IS NOT NULL
        GROUP BY person_id, account
    ) GROUP BY person_id
), summed AS (
    SELECT
        person_id,
        count(*) FILTER (y2) AS events_24,
        bit_count(bit_or(1::BIGINT << (24322 - m)) FILTER (y2 AND kind = 'bill.paid')) AS months_with_bills,
        bit_count(bit_or(1::BIGINT << (24322 - m)) FILTER (y2 AND kind = 'payment.settled')) AS months_with_payments,
        bit_count(bit_or(1::BIGINT << (24322 - m)) FILTER (y1 AND kind = 'income.received')) AS months_with_income,
        bit_or(1::BIGINT << (24322 - m)) FILTER (y2 AND kind = 'rent.paid') AS rents,
        count(*) FILTER (y1 AND kind = 'payment.settled') AS payments,
        count(*) FILTER (h1 AND kind = 'card.used') AS card_uses,
        count(*) FILTER (y2 AND kind IN ('bill.unpaid', 'rent.unpaid', 'repayment.missed')) AS unpaid,
        count(*) FILTER (y1 AND kind = 'inquiry.made' AND inquiry = 'hard') AS hard_inquiries,
        count(*) FILTER (y1 AND kind = 'bill.paid' AND days_late <= 0) AS bills_good,
        count(*) FILTER (y1 AND kind IN ('bill.paid', 'bill.unpaid')) AS bills,
        count(*) FILTER (y2 AND kind = 'rent.paid' AND days_late <= 0) AS rents_good,
        count(*) FILTER (y2 AND kind IN ('rent.paid', 'rent.unpaid')) AS rents_all,
        count(*) FILTER (y2 AND kind = 'repayment.made' AND days_late <= 0) AS repaid_good,
        count(*) FILTER (y2 AND kind IN ('repayment.made', 'repayment.missed')) AS repayments,
        sum(amount) FILTER (y1 AND cny AND kind = 'card.used') AS by_card,
        sum(amount) FILTER (y1 AND cny AND kind IN ('card.used', 'payment.settled')) AS by_any,
        sum(amount) FILTER (y1 AND cny AND kind = 'income.received') AS income,
        sum(amount) FILTER (h1 AND cny AND kind IN ('payment.settled', 'card.used', 'cash.withdrawn')) AS spent,
        sum(amount) FILTER (y2 AND cny AND kind = 'repayment.made') AS repaid,
        avg(amount) FILTER (y1 AND cny AND kind = 'payment.settled') AS payment_size,
        avg(days_late) FILTER (y2 AND kind IN ('bill.paid', 'rent.paid', 'repayment.made')) AS days_late_mean,
        avg(cover_days) FILTER (y1 AND kind = 'balance.reported') AS cover,
        max(days_late) FILTER (y2 AND kind IN ('bill.paid', 'rent.paid', 'repayment.made')) AS latest_payment,
        max(amount) FILTER (y1 AND cny AND kind = 'income.received') AS greatest_income,
        max(balance) FILTER (h1 AND cny AND kind IN ('account.reported', 'balance.reported')) AS greatest_balance,
        max(occurred_on) FILTER (y2 AND kind IN ('bill.unpaid', 'rent.unpaid', 'repayment.missed')) AS last_unpaid,
        max(occurred_on) FILTER (y2 AND kind = 'income.received') AS last_income,
        sum(amount) FILTER (q1 AND cny AND kind = 'income.received') AS income_lately,
        count(*) FILTER (q1 AND kind = 'payment.settled') AS payments_lately,
        count(DISTINCT counterparty) FILTER (y1 AND kind IN ('payment.settled', 'card.used')) AS merchants,
        count(DISTINCT counterparty) FILTER (y1 AND kind IN ('payment.received', 'transfer.received')) AS payers,
        arg_max(status, (occurred_at, event_key)) FILTER (y2 AND kind = 'account.reported') AS status_now,
        sum(amount) FILTER (y1 AND cny AND kind IN ('income.received', 'payment.received', 'transfer.received')) AS came_in,
        sum(amount) FILTER (y1 AND cny AND kind IN ('payment.settled', 'card.used', 'transfer.sent')) AS went_out,
        min(opened_on) FILTER (kind = 'account.reported') AS opened
    FROM (
        SELECT *, occurred_on >= DATE '2024-11-01' AS y2, occurred_on >= DATE '2025-11-01' AS y1,
            occurred_on >= DATE '2026-05-01' AS h1, occurred_on >= DATE '2026-08-01' AS q1, currency = 'CNY' AS cny
        FROM counted
    ) GROUP BY person_id
)
SELECT
    people.person_id, events_24, months_with_payments, payments, card_uses, unpaid, hard_inquiries,
    bills_good / nullif(bills, 0) AS bills_on_time,
    rents_good / nullif(rents_all, 0) AS rent_on_time,
    repaid_good / nullif(repayments, 0) AS repaid_on_time,
    CASE WHEN by_any > 0 THEN coalesce(by_card, 0) / by_any END AS card_share,
    income, spent, repaid, payment_size, days_late_mean, cover, latest_payment, greatest_income, greatest_balance,
    DATE '2026-11-01' - last_unpaid AS since_unpaid,
    DATE '2026-11-01' - last_income AS since_income,
    coalesce(months_with_bills, 0) AS months_with_bills,
    coalesce(months_with_income, 0) AS months_with_income,
    list_max(list_transform(string_split(bin(coalesce(rents, 0)), '0'), lambda run: length(run))) AS longest_rent,
    CASE WHEN income > 0 THEN coalesce(income_lately, 0) * 4 / income END AS income_trend,
    payments_lately * 4 / nullif(payments, 0) AS payments_trend,
    merchants, payers, status_now, owed_now,
    CASE WHEN came_in IS NOT NULL OR went_out IS NOT NULL THEN coalesce(came_in, 0) - coalesce(went_out, 0) END AS net_flow,
    2026 * 12 + 11 - year(opened) * 12 - month(opened) - 1 AS oldest_account
FROM (SELECT DISTINCT person_id FROM events) AS people
LEFT JOIN summed USING (person_id) LEFT JOIN owed USING (person_id)
