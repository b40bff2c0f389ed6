-- What comes in, what is left, what is put by, and what is spent in shops.

CREATE OR REPLACE TEMP TABLE of_money AS
SELECT p, concat('in', p, '-', m) AS event_id, 'first-bank' AS furnisher, 'income.received' AS kind,
    first + CAST(p % 6 AS INTEGER) AS happened_on,
    -- The month of the year's end pays half as much again to whoever has a salary.
    if(source = 'salary' AND of_year = 12, income * 3 // 2, income + roll(p, m, 'income') // 50) AS amount,
    'CNY' AS currency, source, NULL AS counterparty, NULL AS account, NULL AS cover_days
FROM months
WHERE banked AND NOT (spell AND source IN ('salary', 'self_employment'))
    AND (source <> 'self_employment' OR roll(p, m, 'order') < 650000)
UNION ALL BY NAME
SELECT p, concat('ba', p, '-', m) AS event_id, 'first-bank' AS furnisher, 'balance.reported' AS kind,
    first + 26 AS happened_on, 'main' AS account,
    cover + roll(p, m, 'cover') % 9 - 4 - if(spell, 9, 0) AS cover_days
FROM months WHERE banked AND (m + p) % 3 = 0
UNION ALL BY NAME
SELECT p, concat('ov', p, '-', m) AS event_id, 'first-bank' AS furnisher, 'overdraft.charged' AS kind,
    first + 27 AS happened_on, 'main' AS account, 900 + roll(p, m, 'overdraft') // 1000 AS amount,
    'CNY' AS currency
FROM months
WHERE banked AND roll(p, m, 'short') < CASE
    WHEN spell THEN 500000 WHEN temperament = 'careless' THEN 120000 ELSE 12000 END
UNION ALL BY NAME
SELECT p, concat('sa', p, '-', m) AS event_id, 'first-bank' AS furnisher, 'savings.reported' AS kind,
    first + 27 AS happened_on, 'savings' AS account,
    200000 + m * (income // 20) AS balance, 'CNY' AS currency
FROM months WHERE banked AND saves AND NOT spell AND (m + p) % 3 = 0
UNION ALL BY NAME
SELECT p, concat('fu', p, '-', m) AS event_id, 'city-fund' AS furnisher, 'contribution.paid' AS kind,
    first + 9 AS happened_on, income // 12 AS amount, 'CNY' AS currency, 'City Fund' AS counterparty
FROM months WHERE contributes AND NOT spell
UNION ALL BY NAME
SELECT p, concat('pa', p, '-', m, '.', turn) AS event_id, 'city-wallet' AS furnisher,
    'payment.settled' AS kind, first + roll(p, m * 10 + turn, 'shop day') % 28 AS happened_on,
    600 + roll(p, m * 10 + turn, 'price') // 40 AS amount, 'CNY' AS currency,
    chosen(['Green Grocer', 'Bakery Lane', 'Pharmacy', 'City Buses', 'Bike Rental', 'Cinema', 'Bookshop',
        'Market Hall', 'Noodle House', 'Hardware Store'], roll(p, m * 10 + turn, 'shop')) AS counterparty
FROM (
    SELECT *, unnest(range(roll(p, m, 'shopping') % 4 + if(of_year = 12, 1, 0))) AS turn
    FROM months WHERE has_wallet
);
