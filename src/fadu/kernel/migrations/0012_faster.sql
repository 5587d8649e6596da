-- ------------------------------------------------------------ the bodies of a session, looked up by hash
-- Going through the list of a city's hundred bodies for each case took half of the time of counting them. In plpgsql:
-- it must not be looked at while a statement is planned, when outside a session nothing can be read.
CREATE FUNCTION fadu_inside() RETURNS SETOF bigint LANGUAGE plpgsql STABLE ROWS 100 AS $$
BEGIN
    RETURN QUERY SELECT unnest(fadu_bodies());
END $$;
ALTER POLICY seen ON kernel_case USING (
    (SELECT fadu_sees_all()) OR body_id IN (SELECT fadu_inside()) OR id IN (SELECT fadu_party_cases())
);

-- ------------------------------------------------------------ whole numbers beside the pairs of signs
-- The pairs of a number stand in a tenth of all texts, the number itself in few: 〔2024〕1234号, 幸福路12号. It is marked
-- by two signs before it, so that it is none of the pairs.
DROP INDEX sought_pairs, soughtentry_pairs;
CREATE OR REPLACE FUNCTION fadu_pairs(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT mark), '{}') FROM (
        SELECT sign || lead(sign) OVER (ORDER BY place) AS mark
        FROM string_to_table(p_text, NULL) WITH ORDINALITY AS t(sign, place)
        UNION ALL SELECT '##' || number[1] FROM regexp_matches(p_text, '[0-9]+', 'g') AS number) AS m
    WHERE position(' ' IN mark) = 0 AND length(mark) <= 20
$$;
SET LOCAL maintenance_work_mem = '512MB';
CREATE INDEX sought_pairs ON kernel_sought USING gin (fadu_pairs(text));
CREATE INDEX soughtentry_pairs ON kernel_soughtentry USING gin (fadu_pairs(text));
ANALYZE kernel_sought, kernel_soughtentry;

-- What every text has in which a word occurs: a number at its ends may be part of a longer one. Where none stands there,
-- pairs of digits tell no more than the numbers.
CREATE FUNCTION fadu_marks(p_word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array(SELECT mark FROM unnest(fadu_pairs(p_word)) AS mark
                 WHERE p_word ~ '^[0-9]|[0-9]$|[0-9]{19}' OR mark !~ '^[0-9]+$'
                 EXCEPT SELECT '##' || substring(p_word FROM edge) FROM unnest(ARRAY['^[0-9]+', '[0-9]+$']) AS edge)
$$;

-- In how many texts of a table a mark may stand, as the planner guesses from its statistics; and a word at most: in those
-- of its rarest mark.
CREATE FUNCTION fadu_texts_with(p_mark text, p_texts regclass) RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE plan json;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM %s WHERE fadu_pairs(text) @> %L::text[]', p_texts, ARRAY[p_mark])
    INTO plan;
    RETURN (plan #>> '{0,Plan,Plan Rows}')::bigint;
END $$;
REVOKE EXECUTE ON FUNCTION fadu_texts_with(text, regclass) FROM PUBLIC;
CREATE OR REPLACE FUNCTION fadu_commonness(p_word text, p_texts regclass) RETURNS bigint LANGUAGE sql
SET search_path = public, pg_temp AS
$$ SELECT min(fadu_texts_with(mark, p_texts)) FROM unnest(fadu_marks(p_word)) AS mark $$;

-- Rows c in whose texts t every word occurs, newest first; p_most: so many, or all. p_of: column of the texts that names
-- their row; p_seen: condition on c; p_has: condition on t for a word (%L), as far as the text may be read.
-- It looks the rarest word up in the index and the others in what that finds. Where even that one may stand in very many
-- texts, the newest rows are read one by one, the rarest word before the others: they will do, if they are enough or all
-- there are; else ten times as many, where that promises enough and takes less than the index. Of a rare word three marks
-- are looked up: each more takes as long and finds hardly fewer texts, which are read anyway.
CREATE OR REPLACE FUNCTION fadu_find_in(p_rows regclass, p_texts regclass, p_of name, p_seen text, p_has text, p_words text[],
                             p_most int, p_very_many bigint) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
    one_by_one int := 2000;
    words text := ''; word text; rarest text;
    texts bigint; fewest bigint; newest bigint[]; found bigint[]; marks text[];
BEGIN
    FOR word, texts IN SELECT w, fadu_commonness(w, p_texts) FROM unnest(p_words) AS w ORDER BY 2 LOOP
        IF fewest IS NULL THEN
            fewest := texts; rarest := word;
        END IF;
        words := words || format(' AND EXISTS (SELECT FROM %s t WHERE t.%I = c.id AND %s OFFSET 0)',
            p_texts, p_of, format(p_has, word));
    END LOOP;
    WHILE fewest > p_very_many AND p_most IS NOT NULL LOOP
        EXECUTE format('SELECT array_agg(id) FROM (SELECT c.id FROM %s c WHERE %s ORDER BY c.id DESC LIMIT %s) n',
            p_rows, p_seen, one_by_one) INTO newest;
        EXECUTE format('SELECT array_agg(id) FROM (SELECT c.id FROM %s c WHERE c.id = ANY (%L::bigint[])%s'
            ' ORDER BY c.id DESC LIMIT %s) f', p_rows, newest, words, p_most) INTO found;
        IF cardinality(found) = p_most OR coalesce(cardinality(newest), 0) < one_by_one THEN
            RETURN QUERY SELECT unnest(found);
            RETURN;
        END IF;
        EXIT WHEN coalesce(cardinality(found), 0) * 10 < p_most OR fewest < one_by_one * 20;
        one_by_one := one_by_one * 10;
    END LOOP;
    marks := ARRAY(SELECT mark FROM unnest(fadu_marks(rarest)) AS mark ORDER BY fadu_texts_with(mark, p_texts)
                   LIMIT CASE WHEN fewest <= p_very_many THEN 3 END);
    RETURN QUERY EXECUTE format('WITH hit AS MATERIALIZED (SELECT %1$I AS id FROM %2$s'
        ' WHERE fadu_pairs(text) @> %3$L::text[] AND strpos(text, %4$L) > 0 GROUP BY %1$I)'
        ' SELECT c.id FROM hit JOIN %5$s c ON c.id = hit.id WHERE %6$s%7$s ORDER BY c.id DESC%8$s',
        p_of, p_texts, marks, rarest, p_rows, p_seen, words, coalesce(' LIMIT ' || p_most, ''));
END $$;
