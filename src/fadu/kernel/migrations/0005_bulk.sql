-- How a bulk act writes, judges and takes back its rows. The functions run as the owner: the rows of one import may
-- belong to bodies whose cases the importing administrator does not see. Who may call them is asked in each.

-- Administrators, the house itself, and for a register whoever holds a post at its organ; the role is judged before.
CREATE FUNCTION fadu_may_bulk(b kernel_bulk) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT (fadu_sees_all() OR coalesce(b.organ_id = ANY (fadu_bodies()), false) OR EXISTS (
        SELECT FROM jsonb_array_elements(current_setting('fadu.session')::jsonb -> 'posts') AS held(post)
        WHERE post->>0 = 'administrator')) THEN
        RAISE EXCEPTION '会话没有批量导入的权限' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- Rows of a register: one JSON object a line, {"row": n, "body": {key, since, before, data}}.
CREATE FUNCTION fadu_bulk_entries(p_bulk bigint, p_lines text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'register';
    PERFORM fadu_may_bulk(b);
    INSERT INTO kernel_registerentry (register, organ_id, key, since, before, data, stream_id, position, bulk_id, bulk_row)
    SELECT b.target, b.organ_id, l.body->>'key', (l.body->>'since')::date, (l.body->>'before')::date, l.body->'data',
           b.stream_id, b.position, b.id, l.row
    FROM string_to_table(p_lines, E'\n') AS t(line), jsonb_to_record(t.line::jsonb) AS l(row int, body jsonb);
END $$;

-- Rows of mirrored cases: {"row": n, "body": {…}, "derived": {organ, revision,
-- indexed: [[name, day, number, text]], sought: [[place, audience, label, text]]}}.
CREATE FUNCTION fadu_bulk_cases(p_bulk bigint, p_lines text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    WITH l AS MATERIALIZED (
        SELECT r.* FROM string_to_table(p_lines, E'\n') AS t(line),
             jsonb_to_record(t.line::jsonb) AS r(row int, body jsonb, derived jsonb)
    ), made AS (
        INSERT INTO kernel_case (system, version, revision, organ_id, body_id, state, number, title, opened, closed,
                                 outcome, position, facts, done, mirrored, bulk_id, bulk_row)
        SELECT b.target, body->>'version', (derived->>'revision')::int, (derived->>'organ')::bigint,
               (body->>'body')::bigint, body->>'state', body->>'number', body->>'title', (body->>'opened')::date,
               (body->>'closed')::date, body->>'outcome', 1, body->'facts', body->'done', true, b.id, row
        FROM l
        RETURNING id, bulk_row
    ), facts AS (
        INSERT INTO kernel_casefact (case_id, name, day, number, text)
        SELECT made.id, f->>0, (f->>1)::date, (f->>2)::bigint, f->>3
        FROM l JOIN made ON made.bulk_row = l.row, jsonb_array_elements(l.derived->'indexed') AS f
    ), sought AS (
        INSERT INTO kernel_sought (case_id, place, audience, label, text)
        SELECT made.id, t->>0, t->>1, t->>2, t->>3
        FROM l JOIN made ON made.bulk_row = l.row, jsonb_array_elements(l.derived->'sought') AS t
    )
    INSERT INTO kernel_party (case_id, key, "order", data, role, name, organ_id, since, before)
    SELECT made.id, key, place - 1, p, p->>'role', p->>'name', (p->>'organ')::bigint, (p->>'since')::date, NULL
    FROM l JOIN made ON made.bulk_row = l.row, jsonb_each(l.body->'parties') WITH ORDINALITY AS e(key, p, place);
END $$;

-- ------------------------------------------------------------ numbers

-- A number as it is compared: 某政受[2024]第3号 is 某政受〔2024〕3号.
CREATE FUNCTION fadu_plain(p_number text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT translate(p_number, '[]()（）【】［］ 　第', '〔〕〔〕〔〕〔〕〔〕')
$$;
CREATE INDEX case_imported_number ON kernel_case (fadu_plain(number)) WHERE bulk_id IS NOT NULL;

-- The next number of a series; locks the series for the rest of the transaction. A number that an imported case bears
-- is not given again: it is put on record as the import's, and the next one is taken. In plpgsql, so that what it asks
-- sees what was committed while it waited for its locks: other acts of the organ, and an import that is being checked.
CREATE FUNCTION fadu_number(p_organ bigint, p_series text, p_year int, p_short text) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n int; said text; b kernel_bulk;
BEGIN
    PERFORM fadu_in_session(), pg_advisory_xact_lock_shared(hashtextextended('imported numbers', 0)),
        pg_advisory_xact_lock(hashtextextended('numbers', p_organ));
    LOOP
        INSERT INTO kernel_numberseries (organ_id, series, year, last) VALUES (p_organ, p_series, p_year, 1)
        ON CONFLICT (organ_id, series, year) DO UPDATE SET last = kernel_numberseries.last + 1
        RETURNING last INTO n;
        said := p_short || p_series || '〔' || p_year || '〕' || n || '号';
        SELECT i.* INTO b FROM kernel_case c JOIN kernel_bulk i ON i.id = c.bulk_id
        WHERE fadu_plain(c.number) = fadu_plain(said) AND c.bulk_id IS NOT NULL LIMIT 1;
        EXIT WHEN NOT FOUND;
        INSERT INTO kernel_numbergiven (organ_id, series, year, number, text, stream_id, position)
        VALUES (p_organ, p_series, p_year, n, said, b.stream_id, b.position);
    END LOOP;
    RETURN n;
END $$;

-- What contradicts what is already there, or another row of the same file: the row, what it is about, since when.
-- Until the import is over no act takes a number: it could not see the import's, nor the import the act's.
CREATE FUNCTION fadu_bulk_conflicts(p_bulk bigint)
RETURNS TABLE ("row" int, about text, "with" text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk;
    PERFORM fadu_may_bulk(b);
    IF b.kind = 'register' THEN
        RETURN QUERY SELECT e.bulk_row, e.key, o.since::text
        FROM kernel_registerentry e JOIN kernel_registerentry o
            ON o.register = e.register AND o.organ_id = e.organ_id AND o.key = e.key AND o.id <> e.id
            AND o.since < coalesce(e.before, 'infinity') AND e.since < coalesce(o.before, 'infinity')
        WHERE e.bulk_id = b.id AND (o.bulk_id IS DISTINCT FROM b.id OR o.bulk_row < e.bulk_row);
    ELSE
        PERFORM pg_advisory_xact_lock(hashtextextended('imported numbers', 0));
        RETURN QUERY SELECT n.bulk_row, n.number, o.opened::text
        FROM kernel_case n JOIN kernel_case o ON fadu_plain(o.number) = fadu_plain(n.number) AND o.id <> n.id
        WHERE n.bulk_id = b.id AND (o.bulk_id IS DISTINCT FROM b.id OR o.bulk_row < n.bulk_row)
        UNION ALL  -- a number on record for an import stands on its case, unless that was taken back
        SELECT n.bulk_row, n.number, ''
        FROM kernel_case n JOIN kernel_numbergiven g ON fadu_plain(g.text) = fadu_plain(n.number)
        WHERE n.bulk_id = b.id
            AND NOT EXISTS (SELECT FROM kernel_bulk i WHERE i.stream_id = g.stream_id AND i.position = g.position);
    END IF;
END $$;

-- ------------------------------------------------------------ cases told anew by a later import
-- The administrator who imports sees none of these cases. What the functions answer is what an administrator's import
-- said earlier, and whether anything else was done since; never what was done.

-- What acts other than imports did in a case, and nobody took back.
CREATE FUNCTION fadu_acted(p_stream bigint, p_after int) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM kernel_event e WHERE e.stream_id = p_stream AND e.position > p_after
        AND e.step NOT IN ('mirror', 'mirror_update') AND e.reverses IS NULL
        AND NOT EXISTS (SELECT FROM kernel_event r WHERE r.stream_id = p_stream AND r.reverses = e.position))
$$;

-- A mirrored case as imports told it. whole: the case, when nothing else was done in it; record: its events, with
-- content of imports only.
CREATE FUNCTION fadu_as_told(c kernel_case) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'id', c.id, 'system', c.system, 'version', c.version, 'organ', c.organ_id, 'body', c.body_id,
        'opened', c.opened,
        'origin', (SELECT json_build_object('stream', i.stream_id, 'position', i.position, 'row', c.bulk_row)
                   FROM kernel_bulk i WHERE i.id = c.bulk_id),
        'destroyed', EXISTS (SELECT FROM kernel_event e WHERE e.stream_id = c.stream_id AND e.step = 'destroy'),
        'whole', CASE WHEN NOT fadu_acted(c.stream_id, 0) THEN fadu_whole(c, NULL, NULL) END,
        'record', (SELECT coalesce(json_agg(json_build_object('position', e.position, 'step', e.step, 'reverses', e.reverses,
                       'operations', CASE WHEN e.step IN ('mirror', 'mirror_update') THEN e.body::json->'operations'
                                          ELSE '[]' END) ORDER BY e.position), '[]')
                   FROM kernel_event e WHERE e.stream_id = c.stream_id),
        'values', (SELECT coalesce(json_agg(json_build_array(v.position, v.slot, v.value)), '[]')
                   FROM kernel_eventvalue v JOIN kernel_event e USING (stream_id, position)
                   WHERE v.stream_id = c.stream_id AND e.step IN ('mirror', 'mirror_update')))
$$;

-- Keeps the mirrored cases of an import's system to this transaction, in the order of their ids.
CREATE FUNCTION fadu_bulk_hold(p_bulk bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    PERFORM FROM kernel_case WHERE system = b.target AND mirrored ORDER BY id FOR UPDATE;
END $$;

-- The mirrored cases of the system that have these numbers in the name of these organs; place: in the lists given.
CREATE FUNCTION fadu_bulk_known(p_bulk bigint, p_numbers text[], p_organs bigint[])
RETURNS TABLE (place bigint, told json) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    RETURN QUERY SELECT n.place, fadu_as_told(c)
    FROM unnest(p_numbers, p_organs) WITH ORDINALITY AS n(number, organ, place)
    JOIN kernel_case c ON fadu_plain(c.number) = fadu_plain(n.number) AND c.bulk_id IS NOT NULL AND c.organ_id = n.organ
    WHERE c.system = b.target AND c.mirrored AND c.bulk_id <> b.id;
END $$;

-- The cases that an import changed, by the position of the change in each.
CREATE FUNCTION fadu_bulk_changed(p_bulk bigint)
RETURNS TABLE ("position" int, told json) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    RETURN QUERY SELECT m.position, fadu_as_told(c) FROM kernel_matched m JOIN kernel_case c ON c.id = m.case_id
    WHERE m.bulk_id = b.id AND m.position IS NOT NULL ORDER BY c.id;
END $$;

-- Writes the act of an import on one mirrored case, which gets its chain if it has none.
CREATE FUNCTION fadu_bulk_act(p_bulk bigint, p jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk; s bigint := (p#>>'{event,stream}')::bigint;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    UPDATE kernel_case SET stream_id = s WHERE id = (p->>'case')::bigint AND stream_id IS NULL;
    IF p#>>'{event,step}' NOT IN ('mirror_update', 'bulk_taken_back') OR NOT EXISTS (
        SELECT FROM kernel_case c WHERE c.id = (p->>'case')::bigint AND c.stream_id = s AND c.mirrored
            AND c.system = b.target) THEN
        RAISE EXCEPTION '导入只能更新同一程序的转录案件' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM fadu_put(p);
END $$;

-- Numbers of the mirrored cases of the system and of the organs in the file which the file does not tell.
CREATE FUNCTION fadu_bulk_missing(p_bulk bigint) RETURNS TABLE (number text) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND kind = 'case';
    PERFORM fadu_may_bulk(b);
    RETURN QUERY WITH told AS MATERIALIZED (
        SELECT c.id, c.organ_id FROM kernel_case c WHERE c.bulk_id = b.id
        UNION ALL SELECT c.id, c.organ_id FROM kernel_matched m JOIN kernel_case c ON c.id = m.case_id WHERE m.bulk_id = b.id)
    SELECT coalesce(c.number, '') FROM kernel_case c
    WHERE c.system = b.target AND c.mirrored AND c.organ_id IN (SELECT organ_id FROM told)
        AND NOT EXISTS (SELECT FROM told WHERE told.id = c.id)
    ORDER BY c.opened, c.id;
END $$;

-- ------------------------------------------------------------ taking back

-- Rows on which something was done since, so that the import cannot be taken back any more.
CREATE FUNCTION fadu_bulk_touched(p_bulk bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT (SELECT count(*) FROM kernel_registerentry e WHERE e.bulk_id = p_bulk AND e.ended_by IS NOT NULL)
         + (SELECT count(*) FROM kernel_case c WHERE c.bulk_id = p_bulk
            AND (c.stream_id IS NOT NULL OR EXISTS (SELECT FROM kernel_link l WHERE l.other_id = c.id)))
         + (SELECT count(*) FROM kernel_matched m JOIN kernel_case c ON c.id = m.case_id
            WHERE m.bulk_id = p_bulk AND m.position IS NOT NULL AND fadu_acted(c.stream_id, m.position))
$$;

-- The newest import that told again a case which this one made or changed.
CREATE FUNCTION fadu_bulk_later(p_bulk bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT max(l.bulk_id) FROM kernel_matched l JOIN kernel_bulk i ON i.id = l.bulk_id AND i.taken_back IS NULL
    WHERE l.bulk_id > p_bulk AND l.case_id IN (
        SELECT id FROM kernel_case WHERE bulk_id = p_bulk
        UNION ALL SELECT case_id FROM kernel_matched WHERE bulk_id = p_bulk AND "position" IS NOT NULL)
$$;

-- Removes the rows of an import that was just taken back; the import's file and event stay.
CREATE FUNCTION fadu_bulk_remove(p_bulk bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE b kernel_bulk;
BEGIN
    SELECT * INTO STRICT b FROM kernel_bulk WHERE id = p_bulk AND taken_back IS NOT NULL;
    PERFORM fadu_may_bulk(b);
    PERFORM FROM kernel_case WHERE bulk_id = p_bulk ORDER BY id FOR UPDATE;  -- an act in progress is waited for
    IF NOT EXISTS (SELECT FROM kernel_event e WHERE e.stream_id = b.stream_id AND e.position = b.taken_back
                   AND e.reverses = b.position) OR fadu_bulk_touched(p_bulk) > 0 THEN
        RAISE EXCEPTION '没有撤回的记录，或者导入的内容已有后续办理' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM kernel_registerentry WHERE bulk_id = p_bulk;
    DELETE FROM kernel_sought t USING kernel_case c WHERE c.id = t.case_id AND c.bulk_id = p_bulk;
    DELETE FROM kernel_casefact f USING kernel_case c WHERE c.id = f.case_id AND c.bulk_id = p_bulk;
    DELETE FROM kernel_party p USING kernel_case c WHERE c.id = p.case_id AND c.bulk_id = p_bulk;
    DELETE FROM kernel_matched m USING kernel_case c WHERE c.id = m.case_id AND c.bulk_id = p_bulk;
    DELETE FROM kernel_case WHERE bulk_id = p_bulk;
END $$;

ALTER TABLE kernel_case ALTER mirrored SET DEFAULT false;
REVOKE DELETE, TRUNCATE ON kernel_bulk FROM fadu_app;
REVOKE UPDATE, DELETE, TRUNCATE ON kernel_matched FROM fadu_app;
REVOKE EXECUTE ON FUNCTION fadu_acted(bigint, int), fadu_as_told(kernel_case) FROM PUBLIC;
DO $$
DECLARE f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY[
        'fadu_number(bigint, text, int, text)', 'fadu_bulk_entries(bigint, text)', 'fadu_bulk_cases(bigint, text)',
        'fadu_bulk_conflicts(bigint)', 'fadu_bulk_hold(bigint)', 'fadu_bulk_known(bigint, text[], bigint[])',
        'fadu_bulk_changed(bigint)', 'fadu_bulk_act(bigint, jsonb)', 'fadu_bulk_missing(bigint)',
        'fadu_bulk_touched(bigint)', 'fadu_bulk_later(bigint)', 'fadu_bulk_remove(bigint)']::regprocedure[]
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO fadu_app', f);
    END LOOP;
END $$;
