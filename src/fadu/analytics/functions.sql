-- Safe casts for the analytics views: what cannot be read is NULL, never an error.

CREATE OR REPLACE FUNCTION fadu_day(t text) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN t ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' THEN
        CASE WHEN substr(t, 9, 2)::int <= CASE
            WHEN substr(t, 6, 2) IN ('04', '06', '09', '11') THEN 30
            WHEN substr(t, 6, 2) <> '02' THEN 31
            WHEN substr(t, 1, 4)::int % 4 = 0
                 AND (substr(t, 1, 4)::int % 100 <> 0 OR substr(t, 1, 4)::int % 400 = 0) THEN 29
            ELSE 28 END
        THEN make_date(substr(t, 1, 4)::int, substr(t, 6, 2)::int, substr(t, 9, 2)::int) END
    END
$$;

-- The first day on which a step was done: done is step → list of {"day", "by"}.
CREATE OR REPLACE FUNCTION fadu_first(done jsonb, step text) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE entries jsonb := done -> step; day text;
BEGIN
    IF entries IS NULL OR jsonb_typeof(entries) <> 'array' THEN RETURN NULL; END IF;
    IF jsonb_array_length(entries) = 1 THEN
        day := entries #>> '{0,day}';
        RETURN fadu_day(day);
    END IF;
    RETURN (SELECT min(fadu_day(e ->> 'day')) FROM jsonb_array_elements(entries) AS e);
END $$;

CREATE OR REPLACE FUNCTION fadu_whole(t text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN t ~ '^-?[0-9]{1,18}$' THEN t::bigint END
$$;

CREATE OR REPLACE FUNCTION fadu_flag(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE t WHEN 'true' THEN true WHEN 'false' THEN false END
$$;

-- Codes of a closed list, in their order, joined by commas.
CREATE OR REPLACE FUNCTION fadu_many(j jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN jsonb_typeof(j) = 'array' THEN coalesce(
        (SELECT string_agg(e.v, ',' ORDER BY e.n) FROM jsonb_array_elements_text(j) WITH ORDINALITY AS e(v, n)), '')
    END
$$;

-- An organ that is a party: its number in this house, else its name; commas part several.
CREATE OR REPLACE FUNCTION fadu_organ(id bigint, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(id::text, replace(name, ',', '，'))
$$;

CREATE OR REPLACE FUNCTION fadu_month(d date) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT (extract(year FROM d) * 100 + extract(month FROM d))::int
$$;

-- Whether one run of a period was kept, as fadu.rules.keeping says it: false once it was answered late (late: by the
-- minute) or ran out, true when answered in time, NULL while it runs and when it ended only because the case did (void).
-- last: the last day by law, rolled.
DROP FUNCTION IF EXISTS fadu_kept(date, date, text, boolean, boolean);
CREATE FUNCTION fadu_kept(last date, stopped date, lapsed text, void boolean, late boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN lapsed = 'deems' OR late OR stopped > last THEN false
        WHEN stopped IS NOT NULL AND NOT void THEN true
        WHEN lapsed IS NOT NULL THEN false
    END
$$;
