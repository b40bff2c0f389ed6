-- All that furnishers sent, in the columns of an import; and beside it what no furnisher knows.

CREATE OR REPLACE TEMP TABLE of_stories AS
SELECT * FROM read_json(getvariable('stories'), format = 'newline_delimited', columns = {
    person_id: 'VARCHAR', event_id: 'VARCHAR', furnisher: 'VARCHAR', kind: 'VARCHAR', happened_on: 'DATE',
    days_late: 'INTEGER', due_date: 'DATE', amount: 'BIGINT', currency: 'VARCHAR', counterparty: 'VARCHAR',
    service: 'VARCHAR', account: 'VARCHAR', source: 'VARCHAR', cover_days: 'INTEGER', balance: 'BIGINT',
    method: 'VARCHAR', inquiry: 'VARCHAR', purpose: 'VARCHAR', fault: 'VARCHAR'});

CREATE OR REPLACE TEMP TABLE of_people AS
SELECT * FROM read_json(getvariable('told_people'), format = 'newline_delimited', columns = {
    person_id: 'VARCHAR', name: 'VARCHAR', email: 'VARCHAR', language: 'VARCHAR', quarter: 'VARCHAR',
    temperament: 'VARCHAR', default_in_10000: 'INTEGER', defaults: 'BOOLEAN'});

CREATE OR REPLACE TEMP VIEW all_told AS
SELECT * FROM of_dues WHERE event_id NOT IN (SELECT event_id FROM of_namesakes)
UNION ALL BY NAME SELECT * EXCLUDE (belongs_to) FROM of_namesakes
UNION ALL BY NAME SELECT * EXCLUDE (about) FROM wrongly_unpaid
UNION ALL BY NAME SELECT * EXCLUDE (about) FROM twice
UNION ALL BY NAME SELECT * FROM of_money
UNION ALL BY NAME SELECT * FROM of_credit
UNION ALL BY NAME
SELECT * EXCLUDE (m, first), first + CAST(p % 9 AS INTEGER) AS happened_on FROM of_identity;

CREATE OR REPLACE TEMP VIEW events AS
SELECT person_id, * EXCLUDE (person_id, happened_on, furnisher), furnisher(furnisher) AS furnisher,
    happened_on AS occurred_at,
    -- Furnishers send in the evening what happened on the day.
    timezone('UTC', CAST(happened_on AS TIMESTAMP) + INTERVAL 22 HOUR) AS recorded_at
FROM (
    SELECT person_of(p) AS person_id, * EXCLUDE (p) FROM all_told
    UNION ALL BY NAME SELECT * EXCLUDE (fault) FROM of_stories
)
WHERE happened_on < getvariable('last_day');
