-- What no furnisher knows: how people are, how likely they default in the year to come, and what is wrong.

CREATE OR REPLACE TEMP TABLE truths AS
SELECT
    person_of(p) AS person_id, temperament,
    CAST(least(9500, 40 + missed // 80 + late // 800
        + CASE
            WHEN spell_until > getvariable('months') THEN 2200
            WHEN spell_until > getvariable('months') - 6 THEN 700
            ELSE 0
        END) AS INTEGER) AS default_in_10000,
    roll(p, 0, 'default') // 100 < default_in_10000 AS defaults,
    CAST(getvariable('last_day') - to_months(CAST(months_here AS INTEGER)) AS DATE) AS came_on,
    CAST(came_on + to_months(CAST(spell_from - came AS INTEGER)) AS DATE) AS bad_time_from
FROM lives;

CREATE OR REPLACE TEMP VIEW truth AS
SELECT person_id, temperament, default_in_10000, defaults FROM of_people
UNION ALL BY NAME SELECT * FROM truths;

CREATE OR REPLACE TEMP VIEW people AS
SELECT person_id, name, email, language, quarter FROM of_people
UNION ALL BY NAME SELECT person_id, name, email, language, quarter FROM inhabitants;

CREATE OR REPLACE TEMP TABLE wrongs AS
SELECT person_of(p) AS person_id, furnisher, event_id, 'wrongly_unpaid' AS fault,
    person_of(p) AS belongs_to, about, happened_on FROM wrongly_unpaid
UNION ALL BY NAME
SELECT person_of(p) AS person_id, furnisher, event_id, 'reported_twice' AS fault,
    person_of(p) AS belongs_to, about, happened_on FROM twice
UNION ALL BY NAME
SELECT person_of(p) AS person_id, furnisher, event_id, 'of_a_namesake' AS fault,
    person_of(belongs_to) AS belongs_to, happened_on FROM of_namesakes
UNION ALL BY NAME
SELECT person_id, furnisher, event_id, fault, person_id AS belongs_to, happened_on
FROM of_stories WHERE fault IS NOT NULL;

CREATE OR REPLACE TEMP VIEW wrong AS
SELECT person_id, furnisher(furnisher) AS furnisher, event_id, fault, belongs_to, about
FROM wrongs WHERE happened_on < getvariable('last_day');

-- The corrections that would put all of it right: what is wrong is taken back, and what was said about a
-- namesake is said about the right person.
CREATE OR REPLACE TEMP VIEW corrections AS
SELECT furnisher, event_id || '-back' AS event_id, person_id, 'mark.retracts' AS kind,
    getvariable('last_day') AS occurred_at, event_id AS retracts
FROM wrong
UNION ALL BY NAME
SELECT furnisher(furnisher) AS furnisher, event_id || '-right' AS event_id, person_of(belongs_to) AS person_id,
    kind, happened_on AS occurred_at, due_date, amount, currency, counterparty, service
FROM of_namesakes WHERE happened_on < getvariable('last_day');
