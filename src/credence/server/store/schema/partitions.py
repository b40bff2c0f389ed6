"""Partitions of scores, made and attached by functions that own them, as the application owns nothing.

A partition is filled before anybody can see it: until it is attached the application may only add to it,
and afterwards reach it through `scores` alone.
"""

FUNCTIONS = """
CREATE FUNCTION credence_scores_draft(part text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = credence, pg_temp AS $$ BEGIN
    ASSERT part ~ '^scores_[0-9]+$', 'a partition is called scores_ and a number';
    EXECUTE format('CREATE TABLE %%I (LIKE scores)', part);
    EXECUTE format('GRANT INSERT ON %%I TO credence_app', part);
  END $$;
CREATE FUNCTION credence_scores_attach(part text, numbers integer[]) RETURNS void LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = credence, pg_temp AS $$
  DECLARE listed text := array_to_string(numbers, ', ');
  BEGIN
    ASSERT part ~ '^scores_[0-9]+$', 'a partition is called scores_ and a number';
    EXECUTE format('REVOKE ALL ON %%I FROM credence_app', part);
    EXECUTE format('ALTER TABLE %%I ADD PRIMARY KEY (number, person_id)', part);
    EXECUTE format('ALTER TABLE %%I ADD CHECK (number IN (%%s))', part, listed);
    EXECUTE format('ALTER TABLE %%I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %%I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE scores ATTACH PARTITION %%I FOR VALUES IN (%%s)', part, listed);
  END $$;
"""
