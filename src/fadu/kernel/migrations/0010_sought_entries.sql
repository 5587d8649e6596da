-- Entries of registers are found by words as cases are: the same look, over other rows and their texts.

-- A text goes with its row, also where the owner takes back a whole import.
ALTER TABLE kernel_soughtentry ADD CONSTRAINT soughtentry_of FOREIGN KEY (entry_id)
    REFERENCES kernel_registerentry (id) ON DELETE CASCADE;
CREATE INDEX soughtentry_pairs ON kernel_soughtentry USING gin (fadu_pairs(text));

-- Whoever sees the entry.
ALTER TABLE kernel_soughtentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_soughtentry USING ((SELECT fadu_sees_all()) OR EXISTS (
    SELECT 1 FROM kernel_registerentry e WHERE e.id = entry_id
)) WITH CHECK ((SELECT fadu_in_session()));

-- In how many texts of a table a word may stand at most, as the planner guesses from its statistics: in those of its
-- rarest pair.
DROP FUNCTION fadu_commonness(text);
CREATE FUNCTION fadu_commonness(p_word text, p_texts regclass) RETURNS bigint LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE pair text; plan json; fewest bigint;
BEGIN
    FOREACH pair IN ARRAY fadu_pairs(p_word) LOOP
        EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM %s WHERE fadu_pairs(text) @> %L::text[]', p_texts, ARRAY[pair])
        INTO plan;
        fewest := least(fewest, (plan #>> '{0,Plan,Plan Rows}')::bigint);
    END LOOP;
    RETURN fewest;
END $$;

-- Rows c in whose texts t every word occurs, newest first; p_most: so many, or all. p_of: column of the texts that names
-- their row; p_seen: condition on c; p_has: condition on t for a word (%L), as far as the text may be read.
-- It looks the rarest word up in the index and the others in what that finds. Where even that one may stand in very many
-- texts, the newest rows are read one by one, the rarest word before the others: they will do, if they are enough or all
-- there are; else ten times as many, where that promises enough and takes less than the index.
CREATE FUNCTION fadu_find_in(p_rows regclass, p_texts regclass, p_of name, p_seen text, p_has text, p_words text[],
                             p_most int, p_very_many bigint) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
    one_by_one int := 2000;
    words text := ''; word text; rarest text;
    texts bigint; fewest bigint; newest bigint[]; found bigint[];
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
    RETURN QUERY EXECUTE format('WITH hit AS MATERIALIZED (SELECT %1$I AS id FROM %2$s'
        ' WHERE fadu_pairs(text) @> %3$L::text[] AND strpos(text, %4$L) > 0 GROUP BY %1$I)'
        ' SELECT c.id FROM hit JOIN %5$s c ON c.id = hit.id WHERE %6$s%7$s ORDER BY c.id DESC%8$s',
        p_of, p_texts, fadu_pairs(rarest), rarest, p_rows, p_seen, words, coalesce(' LIMIT ' || p_most, ''));
END $$;

-- Cases, as far as the session sees case and text. This and the next as the owner: a policy would keep the words from the
-- index. work_mem holds every row that the index names: where it knows the block alone, all texts of the block are taken
-- apart again.
CREATE OR REPLACE FUNCTION fadu_find(p_words text[], p_most int, p_very_many bigint DEFAULT 20000) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET work_mem = '32MB' AS $$
DECLARE ours text := 'true'; seen text := 'true';
BEGIN
    IF NOT fadu_sees_all() THEN
        ours := format('c.body_id = ANY (%L::bigint[])', fadu_bodies());
        seen := ours;
        IF fadu_parties() <> '{}' THEN
            seen := format('(%s OR c.id IN (SELECT fadu_party_cases()))', ours);
        END IF;
    END IF;
    RETURN QUERY SELECT fadu_find_in('kernel_case', 'kernel_sought', 'case_id', seen,
        format('strpos(t.text, %%L) > 0 AND (t.audience <> ''internal'' OR %s)', ours), p_words, p_most, p_very_many);
END $$;

-- Entries of registers, by the newest row of each, as far as the session sees them; p_public: only by what everybody may
-- read.
CREATE FUNCTION fadu_find_entries(p_words text[], p_most int, p_public boolean, p_very_many bigint DEFAULT 20000)
RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET work_mem = '32MB' AS $$
DECLARE seen text := 'true';
BEGIN
    IF NOT fadu_sees_all() THEN
        seen := format('(c.organ_id IS NULL OR c.organ_id = ANY (%L::bigint[]))', fadu_bodies());
    END IF;
    RETURN QUERY SELECT fadu_find_in('kernel_registerentry', 'kernel_soughtentry', 'entry_id', seen,
        CASE WHEN p_public THEN 'strpos(left(t.text, t.open), %L) > 0' ELSE 'strpos(t.text, %L) > 0' END,
        p_words, p_most, p_very_many);
END $$;

CREATE OR REPLACE FUNCTION fadu_few(p_words text[], p_very_many bigint DEFAULT 20000) RETURNS bigint[] LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE found bigint[];
BEGIN
    IF (SELECT min(fadu_commonness(word, 'kernel_sought')) FROM unnest(p_words) AS word) > p_very_many THEN RETURN NULL; END IF;
    found := ARRAY(SELECT fadu_find(p_words, p_very_many::int + 1, p_very_many));
    RETURN CASE WHEN cardinality(found) <= p_very_many THEN found END;
END $$;
REVOKE EXECUTE ON FUNCTION fadu_commonness(text, regclass),
    fadu_find_in(regclass, regclass, name, text, text, text[], int, bigint) FROM PUBLIC;
