-- Who lives in the town and how: a row a person, drawn from hashes of the seed, the person and a word.
-- Chances are whole numbers out of a million, so that every machine draws the same.

CREATE OR REPLACE MACRO roll(person, turn, word) AS
    CAST(hash(person, turn, word, getvariable('seed')) % 1000000 AS INTEGER);
-- The same, but its middle is likelier than its ends.
CREATE OR REPLACE MACRO bell(person, word) AS
    (roll(person, 1, word) + roll(person, 2, word) + roll(person, 3, word)) // 3;
CREATE OR REPLACE MACRO chosen(values, drawn) AS values[1 + drawn % len(values)];
CREATE OR REPLACE MACRO person_of(p) AS format('town-{:06d}', p + 1);
CREATE OR REPLACE MACRO furnisher(name) AS map(getvariable('names'), getvariable('ids'))[name];

CREATE OR REPLACE TEMP TABLE drawn AS
SELECT
    p,
    -- The quarters are told apart by fairness looks: who lives at the harbour is as reliable as anybody,
    -- but came later, and less of it is known.
    if(roll(p, 0, 'quarter') < 300000, 'harbour', 'hillside') AS quarter,
    if(quarter = 'harbour', 82, 100) AS known,
    CASE
        WHEN roll(p, 0, 'temperament') < 500000 THEN 'steady'
        WHEN roll(p, 0, 'temperament') < 790000 THEN 'careless'
        ELSE 'unlucky'
    END AS temperament,
    CASE
        WHEN roll(p, 0, 'arrival') < if(quarter = 'harbour', 80000, 40000) THEN 1 + roll(p, 1, 'arrival') % 3
        WHEN roll(p, 0, 'arrival') < if(quarter = 'harbour', 380000, 220000)
            THEN 4 + roll(p, 1, 'arrival') % (getvariable('months') - 4)
        ELSE getvariable('months')
    END AS months_here
FROM range(getvariable('people')) AS everybody (p);

-- What furnishers see of each: nobody is a customer of all of them.
CREATE OR REPLACE TEMP TABLE lives AS
SELECT
    *,
    roll(p, 0, 'bank') < 4400 * known AS banked,
    roll(p, 0, 'rent') < 2400 * known AS rents,
    roll(p, 0, 'phone') < 3600 * known AS phoned,
    roll(p, 0, 'power') < 6800 * known AS powered,
    roll(p, 0, 'water') < 4500 * known AS watered,
    roll(p, 0, 'heating') < 2000 * known AS heated,
    roll(p, 0, 'wallet') < 350000 AS has_wallet,
    roll(p, 0, 'loan') < 1500 * known AS has_loan,
    roll(p, 0, 'card') < 2200 * known AS has_card,
    roll(p, 0, 'savings') < 2200 * known AS saves,
    roll(p, 0, 'fund') < 1600 * known AS contributes,
    roll(p, 0, 'identity') < 3800 * known AS identified,
    roll(p, 0, 'address') < 3200 * known AS reached,
    roll(p, 0, 'work') < 1800 * known AS employed,
    CASE temperament
        WHEN 'steady' THEN bell(p, 'late') // 6
        WHEN 'careless' THEN 60000 + bell(p, 'late') * 7 // 10
        ELSE 30000 + bell(p, 'late') // 6
    END AS late,
    CASE temperament
        WHEN 'steady' THEN bell(p, 'missed') // 40
        WHEN 'careless' THEN bell(p, 'missed') // 4
        ELSE bell(p, 'missed') // 25
    END AS missed,
    -- For how many days the balance lasts in a usual month.
    CASE temperament
        WHEN 'steady' THEN bell(p, 'cover') // 32000
        WHEN 'careless' THEN bell(p, 'cover') // 40000 - 5
        ELSE bell(p, 'cover') // 32000
    END AS cover,
    250000 + bell(p, 'income') * 3 // 5 + if(quarter = 'hillside', 40000, 0) AS income,
    CASE
        WHEN roll(p, 0, 'source') < 640000 THEN 'salary'
        WHEN roll(p, 0, 'source') < 800000 THEN 'self_employment'
        WHEN roll(p, 0, 'source') < 950000 THEN 'pension'
        ELSE 'benefit'
    END AS source,
    120000 + bell(p, 'home') // 5 AS home,
    -- The unlucky have one bad time: a job lost, or an illness.
    CASE WHEN temperament = 'unlucky'
        THEN roll(p, 0, 'spell') % getvariable('months') END AS spell_from,
    spell_from + 3 + roll(p, 1, 'spell') % 5 AS spell_until,
    getvariable('months') - months_here AS came
FROM drawn;

-- Every month of everybody, counted from 0; a month begins on the day of the month of the town's last day.
CREATE OR REPLACE TEMP TABLE months AS
SELECT
    lives.*,
    m,
    CAST(getvariable('last_day') - to_months(CAST(getvariable('months') - m AS INTEGER)) AS DATE) AS first,
    month(first) AS of_year,
    coalesce(m >= spell_from AND m < spell_until, false) AS spell,
    -- After the new year money is short.
    if(of_year IN (1, 2), 3, 2) AS season,
    (late + if(spell, 450000, 0)) * season // 2 AS late_now,
    (missed + if(spell, 250000, 0)) * season // 2 AS missed_now
FROM lives, range(getvariable('months')) AS every_month (m)
WHERE m >= came;
