-- Rights, append-only record, and the functions through which a case is read, read for an act, and written.

-- ------------------------------------------------------------ the session's rights
-- fadu.session is set by fadu_open() for one transaction; without it every policy raises. What the policies ask for
-- stands beside it, ready to be read: fadu.all, fadu.bodies, fadu.parties.

CREATE FUNCTION fadu_in_session() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF coalesce(current_setting('fadu.session', true), '') = '' THEN
        RAISE EXCEPTION '没有打开会话：请通过 kernel.access.session 读取数据' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION fadu_sees_all() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT fadu_in_session() AND current_setting('fadu.all')::boolean $$;

CREATE FUNCTION fadu_bodies() RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT current_setting('fadu.bodies')::bigint[] $$;

CREATE FUNCTION fadu_parties() RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT current_setting('fadu.parties')::bigint[] $$;

-- The one case that a visitor of the portal follows or opens; who has none has no such right.
CREATE FUNCTION fadu_visited() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('fadu.visited', true), '')::bigint $$;

-- Opens a session for one transaction. p_officer NULL: the house itself (jobs, the passing of time). p_standing: the
-- moment is that at which a demonstration house stands, if this is one.
-- bodies: organs whose cases the person sees; parties: organs for which the person acts as a party; heads: the newest
-- events of the registers that every session counts by.
CREATE FUNCTION fadu_open(p_officer bigint, p_moment timestamptz, p_standing boolean) RETURNS json LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    v_now timestamptz := p_moment; v_day date;
    v_posts jsonb; v_bodies bigint[]; v_above bigint[]; v_parties bigint[];
BEGIN
    IF p_standing THEN
        v_now := coalesce((SELECT now FROM kernel_houseclock WHERE id = 1), p_moment);
    END IF;
    v_day := (v_now AT TIME ZONE 'Asia/Shanghai')::date;
    SELECT coalesce(jsonb_agg(jsonb_build_array(role, organ_id) ORDER BY role, organ_id), '[]'),
        coalesce(array_agg(DISTINCT organ_id) FILTER (WHERE role <> 'party_officer'), '{}'),
        array_agg(organ_id) FILTER (WHERE role IN ('body_head', 'organ_head', 'supervisor')),
        coalesce(array_agg(DISTINCT organ_id) FILTER (WHERE role = 'party_officer'), '{}')
    INTO v_posts, v_bodies, v_above, v_parties
    FROM kernel_post WHERE officer_id = p_officer AND since <= v_day AND (before IS NULL OR v_day < before);
    IF v_above IS NOT NULL THEN
        WITH RECURSIVE below AS (
            SELECT unnest(v_above) AS organ_id
            UNION
            SELECT o.id FROM kernel_organ o JOIN below b ON o.parent_id = b.organ_id
        )
        SELECT array_agg(organ_id) INTO v_bodies
        FROM (SELECT organ_id FROM below UNION SELECT unnest(v_bodies) ORDER BY organ_id) b;
    END IF;
    PERFORM set_config('fadu.session', jsonb_build_object('officer', p_officer, 'posts', v_posts)::text, true),
        set_config('fadu.all', (p_officer IS NULL)::text, true),
        set_config('fadu.bodies', v_bodies::text, true),
        set_config('fadu.parties', v_parties::text, true),
        set_config('fadu.visited', '', true);
    RETURN json_build_object(
        'now', v_now, 'posts', v_posts, 'bodies', v_bodies, 'parties', v_parties,
        'heads', (SELECT coalesce(json_object_agg(name, encode(head, 'hex')), '{}')
                  FROM kernel_stream WHERE kind = 'register' AND name IN ('holidays', 'parameters', 'promises')));
END $$;

-- Cases in which one of the session's organs is a party now, and the one that is visited. Its owner bypasses the policies on purpose:
-- the policy on cases asks it, and it answers with numbers only.
CREATE FUNCTION fadu_party_cases() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT case_id FROM kernel_party WHERE organ_id = ANY (fadu_parties()) AND before IS NULL
   UNION ALL SELECT fadu_visited() WHERE fadu_visited() IS NOT NULL $$;

ALTER TABLE kernel_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_case USING (
    (SELECT fadu_sees_all())
    OR body_id = ANY ((SELECT fadu_bodies())::bigint[])
    OR id IN (SELECT fadu_party_cases())
) WITH CHECK ((SELECT fadu_in_session()));

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['casefact', 'party', 'agent', 'item', 'track', 'clock', 'paper', 'service', 'publication', 'link']
    LOOP
        EXECUTE format('ALTER TABLE kernel_%s ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format(
            'CREATE POLICY seen ON kernel_%s USING ((SELECT fadu_sees_all())'
            ' OR EXISTS (SELECT 1 FROM kernel_case c WHERE c.id = case_id)) WITH CHECK ((SELECT fadu_in_session()))', t);
    END LOOP;
END $$;

-- A text by which a case is found: what is for the inside is found by the case's own body only.
ALTER TABLE kernel_sought ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_sought USING ((SELECT fadu_sees_all()) OR EXISTS (
    SELECT 1 FROM kernel_case c WHERE c.id = case_id
        AND (audience <> 'internal' OR c.body_id = ANY ((SELECT fadu_bodies())::bigint[])))
) WITH CHECK ((SELECT fadu_in_session()));

ALTER TABLE kernel_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_event USING ((SELECT fadu_sees_all())
    OR EXISTS (SELECT 1 FROM kernel_case c WHERE c.stream_id = kernel_event.stream_id)
    OR EXISTS (SELECT 1 FROM kernel_stream s WHERE s.id = kernel_event.stream_id AND s.kind <> 'case'
               AND (s.organ_id IS NULL OR s.organ_id = ANY ((SELECT fadu_bodies())::bigint[])))
) WITH CHECK ((SELECT fadu_in_session()));
ALTER TABLE kernel_eventvalue ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_eventvalue USING ((SELECT fadu_sees_all())
    OR EXISTS (SELECT 1 FROM kernel_case c WHERE c.stream_id = kernel_eventvalue.stream_id)
    OR EXISTS (SELECT 1 FROM kernel_stream s WHERE s.id = kernel_eventvalue.stream_id AND s.kind <> 'case'
               AND (s.organ_id IS NULL OR s.organ_id = ANY ((SELECT fadu_bodies())::bigint[])))
) WITH CHECK ((SELECT fadu_in_session()));

-- Entries of a register belong to an organ and are seen like its cases; the house's own are seen by everybody.
ALTER TABLE kernel_registerentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON kernel_registerentry USING (
    (SELECT fadu_sees_all()) OR organ_id IS NULL OR organ_id = ANY ((SELECT fadu_bodies())::bigint[])
) WITH CHECK ((SELECT fadu_in_session()));

-- ------------------------------------------------------------ append-only

CREATE FUNCTION fadu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '记录只能追加，不能修改或者删除' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION fadu_append_only();
CREATE TRIGGER append_only BEFORE DELETE ON kernel_eventvalue
    FOR EACH ROW EXECUTE FUNCTION fadu_append_only();

-- ------------------------------------------------------------ reading a case

-- Whether the open session sees a case: the same words as the policy `seen`, for functions that run as the owner.
-- In plpgsql, so that its plan is kept. Never NULL: it is asked with IF NOT.
CREATE FUNCTION fadu_sees(c kernel_case) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN fadu_sees_all() OR c.body_id = ANY (fadu_bodies()) OR c.id IS NOT DISTINCT FROM fadu_visited()
        OR EXISTS (SELECT 1 FROM kernel_party p
                   WHERE p.case_id = c.id AND p.organ_id = ANY (fadu_parties()) AND p.before IS NULL);
END $$;

-- A case with all its rows, the head of its chain, and the answer kept for a form's key (or none). json, not jsonb:
-- rows keep the order of their making.
CREATE FUNCTION fadu_whole(c kernel_case, p_actor bigint, p_key text) RETURNS json LANGUAGE plpgsql STABLE AS $$
DECLARE s kernel_stream;
BEGIN
    SELECT * INTO s FROM kernel_stream WHERE id = c.stream_id;
    RETURN json_build_object(
        'head', json_build_object(
            'id', c.id, 'system', c.system, 'version', c.version, 'organ', c.organ_id, 'body', c.body_id,
            'opened', c.opened, 'state', c.state, 'position', c.position, 'closed', c.closed, 'number', c.number,
            'title', c.title, 'officer', c.officer_id, 'outcome', c.outcome, 'facts', c.facts, 'done', c.done,
            'mirrored', c.mirrored),
        'rows', json_build_object(
            'party', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_party WHERE case_id = c.id),
            'agent', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_agent WHERE case_id = c.id),
            'item', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_item WHERE case_id = c.id),
            'track', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_track WHERE case_id = c.id),
            'clock', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_clock WHERE case_id = c.id),
            'paper', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_paper WHERE case_id = c.id),
            'service', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_service WHERE case_id = c.id),
            'publication', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_publication WHERE case_id = c.id),
            'link', (SELECT coalesce(json_object_agg(key, data ORDER BY "order"), '{}') FROM kernel_link WHERE case_id = c.id)),
        'stream', coalesce(s.id, 0), 'hash', coalesce(encode(s.head, 'hex'), ''),  -- none: a mirrored case, untouched
        'answer', (SELECT json_build_object('digest', k.digest, 'answer', k.answer)
                   FROM kernel_key k WHERE k.actor_id = p_actor AND k.key = p_key));
END $$;

-- Both run as the owner, so that the right is asked once and not for each row; NULL when the session does not see
-- the case. To act: locked until the transaction ends. To look: as it stands, waiting for nobody.
CREATE FUNCTION fadu_load(p_case bigint, p_actor bigint, p_key text) RETURNS json LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE c kernel_case;
BEGIN
    -- The cases it names, and those that may wait for it, are locked with it, in the order of their ids: its acts may
    -- reach them.
    PERFORM FROM kernel_case WHERE id = ANY (ARRAY(
        SELECT p_case UNION SELECT other_id FROM kernel_link WHERE case_id = p_case AND relation = 'concerns'
        UNION SELECT case_id FROM kernel_link WHERE other_id = p_case AND relation IN ('opens', 'concerns')))
    ORDER BY id FOR UPDATE;
    SELECT * INTO c FROM kernel_case WHERE id = p_case;
    IF NOT FOUND OR NOT fadu_sees(c) THEN RETURN NULL; END IF;
    RETURN fadu_whole(c, p_actor, p_key);
END $$;

-- Whether a case may wait for another, which the session sees: by ending that one it reaches this one, unseen.
CREATE FUNCTION fadu_reaches(p_case bigint, p_from bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT (SELECT fadu_sees(f) FROM kernel_case f WHERE f.id = p_from) AND EXISTS (
        SELECT FROM kernel_link l WHERE l.case_id = p_case AND l.other_id = p_from AND l.relation IN ('opens', 'concerns'))
$$;
CREATE FUNCTION fadu_waiting(p_from bigint) RETURNS TABLE (waiting json) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
    SELECT fadu_whole(c, NULL, NULL) FROM kernel_case c
    WHERE c.id IN (SELECT case_id FROM kernel_link WHERE other_id = p_from) AND fadu_reaches(c.id, p_from) ORDER BY c.id
$$;

CREATE FUNCTION fadu_look(p_case bigint) RETURNS json LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT fadu_whole(c, NULL, NULL) FROM kernel_case c WHERE c.id = p_case AND fadu_sees(c) $$;

-- What a list shows of cases, in the order in which they are named; the policies hold in it as everywhere.
-- In plpgsql, so that its plan is kept.
CREATE FUNCTION fadu_listed(p_cases bigint[])
RETURNS TABLE (id bigint, number text, title text, system text, version text, state text, opened date, closed date,
               due date, due_label text, officer text, body text) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, c.number, c.title, c.system, c.version, c.state, c.opened, c.closed, c.due, c.due_label, f.name, b.name
    FROM unnest(p_cases) WITH ORDINALITY AS named(id, place)
    JOIN kernel_case c ON c.id = named.id
    JOIN kernel_organ b ON b.id = c.body_id
    LEFT JOIN kernel_officer f ON f.id = c.officer_id
    ORDER BY named.place;
END $$;

-- ------------------------------------------------------------ finding a case by its words

-- The pairs of neighbouring signs of a text, which find any part of it from two signs on.
CREATE FUNCTION fadu_pairs(p_text text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM (
        SELECT sign || lead(sign) OVER (ORDER BY place) AS pair
        FROM string_to_table(p_text, NULL) WITH ORDINALITY AS t(sign, place)) AS p WHERE position(' ' IN pair) = 0
$$;
CREATE INDEX sought_pairs ON kernel_sought USING gin (fadu_pairs(text));

-- In how many texts a word may stand at most, as the planner guesses from its statistics: in those of its rarest pair.
CREATE FUNCTION fadu_commonness(p_word text) RETURNS bigint LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE pair text; plan json; fewest bigint;
BEGIN
    FOREACH pair IN ARRAY fadu_pairs(p_word) LOOP
        EXECUTE format('EXPLAIN (FORMAT json) SELECT FROM kernel_sought WHERE fadu_pairs(text) @> %L::text[]', ARRAY[pair])
        INTO plan;
        fewest := least(fewest, (plan #>> '{0,Plan,Plan Rows}')::bigint);
    END LOOP;
    RETURN fewest;
END $$;

-- Cases in whose texts every word occurs, newest first, as far as the session sees case and text; p_most: so many, or
-- all. As the owner: a policy would keep the words from the index. The rarest word is looked up in the index and the
-- others in what it finds. Where even that one may stand in very many texts, the newest cases are read one by one,
-- the rarest word before the others: they will do, if they are enough or all there are; else ten times as many, where
-- that promises enough and takes less than the index. work_mem holds every row that the index names: where it knows the
-- block alone, all texts of the block are taken apart again.
CREATE FUNCTION fadu_find(p_words text[], p_most int, p_very_many bigint DEFAULT 20000) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET jit = off SET work_mem = '32MB' AS $$
DECLARE
    one_by_one int := 2000;
    ours text := 'true'; seen text := 'true'; words text := ''; word text; rarest text;
    texts bigint; fewest bigint; newest bigint[]; found bigint[];
BEGIN
    IF NOT fadu_sees_all() THEN
        ours := format('c.body_id = ANY (%L::bigint[])', fadu_bodies());
        seen := ours;
        IF fadu_parties() <> '{}' THEN
            seen := format('(%s OR c.id IN (SELECT fadu_party_cases()))', ours);
        END IF;
    END IF;
    FOR word, texts IN SELECT w, fadu_commonness(w) FROM unnest(p_words) AS w ORDER BY 2 LOOP
        IF fewest IS NULL THEN
            fewest := texts; rarest := word;
        END IF;
        words := words || format(' AND EXISTS (SELECT FROM kernel_sought t WHERE t.case_id = c.id'
            ' AND strpos(t.text, %L) > 0 AND (t.audience <> ''internal'' OR %s) OFFSET 0)', word, ours);
    END LOOP;
    WHILE fewest > p_very_many AND p_most IS NOT NULL LOOP
        EXECUTE format('SELECT array_agg(id) FROM (SELECT c.id FROM kernel_case c WHERE %s ORDER BY c.id DESC LIMIT %s) n',
            seen, one_by_one) INTO newest;
        EXECUTE format('SELECT array_agg(id) FROM (SELECT c.id FROM kernel_case c WHERE c.id = ANY (%L::bigint[])%s'
            ' ORDER BY c.id DESC LIMIT %s) f', newest, words, p_most) INTO found;
        IF cardinality(found) = p_most OR coalesce(cardinality(newest), 0) < one_by_one THEN
            RETURN QUERY SELECT unnest(found);
            RETURN;
        END IF;
        EXIT WHEN coalesce(cardinality(found), 0) * 10 < p_most OR fewest < one_by_one * 20;
        one_by_one := one_by_one * 10;
    END LOOP;
    RETURN QUERY EXECUTE format('WITH hit AS MATERIALIZED (SELECT case_id FROM kernel_sought'
        ' WHERE fadu_pairs(text) @> %L::text[] AND strpos(text, %L) > 0 GROUP BY case_id)'
        ' SELECT c.id FROM hit JOIN kernel_case c ON c.id = hit.case_id WHERE %s%s ORDER BY c.id DESC%s',
        fadu_pairs(rarest), rarest, seen, words, coalesce(' LIMIT ' || p_most, ''));
END $$;

-- All of them for a list that is narrowed further, or NULL where that may be very many: the list then reads the texts of
-- the cases that it comes by.
CREATE FUNCTION fadu_few(p_words text[], p_very_many bigint DEFAULT 20000) RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE found bigint[];
BEGIN
    IF (SELECT min(fadu_commonness(word)) FROM unnest(p_words) AS word) > p_very_many THEN RETURN NULL; END IF;
    found := ARRAY(SELECT fadu_find(p_words, p_very_many::int + 1, p_very_many));
    RETURN CASE WHEN cardinality(found) <= p_very_many THEN found END;
END $$;
REVOKE EXECUTE ON FUNCTION fadu_commonness(text) FROM PUBLIC;

-- ------------------------------------------------------------ writing

-- Appends one event with its values and moves the stream's head; the primary key refuses a second writer.
CREATE FUNCTION fadu_append(e jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM fadu_in_session();
    INSERT INTO kernel_event (stream_id, position, act, step, label, audience, article, actor_id, role, organ_id, papers,
                              happened, recorded, state, reverses, body, hash)
    VALUES ((e->>'stream')::bigint, (e->>'position')::int, (e->>'act')::uuid, e->>'step', e->>'label', e->>'audience',
            e->>'article', (e->>'actor')::bigint, e->>'role', (e->>'organ')::bigint, e->'papers',
            (e->>'happened')::date, (e->>'recorded')::timestamptz, e->>'state', (e->>'reverses')::int, e->>'body', decode(e->>'hash', 'hex'));
    INSERT INTO kernel_eventvalue (stream_id, position, slot, salt, value)
    SELECT (e->>'stream')::bigint, (e->>'position')::int, v.slot - 1, decode(v.row->>0, 'hex'), v.row->>1
    FROM jsonb_array_elements(e->'values') WITH ORDINALITY AS v(row, slot);
    UPDATE kernel_stream SET position = (e->>'position')::int, head = decode(e->>'hash', 'hex')
    WHERE id = (e->>'stream')::bigint;
END $$;

-- Writes one act on one case: the event, the head and the rows that changed. p->'rows': table → key → row.
-- p->'key': the answer kept for the form's key. Whether the session may is asked by who calls it, as the owner.
CREATE FUNCTION fadu_put(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE c bigint := (p->>'case')::bigint; h jsonb := p->'head'; r jsonb := p->'rows';
BEGIN
    PERFORM fadu_append(p->'event');
    IF p ? 'key' THEN
        INSERT INTO kernel_key (actor_id, key, digest, answer, made)
        VALUES ((p#>>'{key,actor}')::bigint, p#>>'{key,key}', p#>>'{key,digest}', p#>'{key,answer}',
                (p#>>'{key,made}')::timestamptz);
    END IF;
    UPDATE kernel_case SET
        state = h->>'state', position = (h->>'position')::int, closed = (h->>'closed')::date, number = h->>'number',
        title = h->>'title', officer_id = (h->>'officer')::bigint, outcome = h->>'outcome', facts = h->'facts',
        done = h->'done', due = (h->>'due')::date, due_label = h->>'due_label'
    WHERE id = c;
    IF p ? 'clear' THEN  -- after a reversal the rows are those of the folded case and no others
        DELETE FROM kernel_party WHERE case_id = c AND NOT coalesce(r->'party', '{}') ? key;
        DELETE FROM kernel_agent WHERE case_id = c AND NOT coalesce(r->'agent', '{}') ? key;
        DELETE FROM kernel_item WHERE case_id = c AND NOT coalesce(r->'item', '{}') ? key;
        DELETE FROM kernel_track WHERE case_id = c AND NOT coalesce(r->'track', '{}') ? key;
        DELETE FROM kernel_clock WHERE case_id = c AND NOT coalesce(r->'clock', '{}') ? key;
        DELETE FROM kernel_paper WHERE case_id = c AND NOT coalesce(r->'paper', '{}') ? key;
        DELETE FROM kernel_service WHERE case_id = c AND NOT coalesce(r->'service', '{}') ? key;
        DELETE FROM kernel_publication WHERE case_id = c AND NOT coalesce(r->'publication', '{}') ? key;
        DELETE FROM kernel_link WHERE case_id = c AND NOT coalesce(r->'link', '{}') ? key;
        DELETE FROM kernel_casefact WHERE case_id = c;
        DELETE FROM kernel_sought WHERE case_id = c;
    END IF;
    IF p->'sought' <> '[]' THEN
        DELETE FROM kernel_sought s USING jsonb_array_elements(p->'sought') t
        WHERE s.case_id = c AND s.place = t->>0 AND t->>3 IS NULL;
        INSERT INTO kernel_sought AS s (case_id, place, audience, label, text)
        SELECT c, t->>0, t->>1, t->>2, t->>3 FROM jsonb_array_elements(p->'sought') t WHERE t->>3 IS NOT NULL
        ON CONFLICT (case_id, place) DO UPDATE SET audience = excluded.audience, label = excluded.label, text = excluded.text
        WHERE (s.audience, s.label, s.text) IS DISTINCT FROM (excluded.audience, excluded.label, excluded.text);
    END IF;
    IF p->'facts' <> '[]' THEN
        INSERT INTO kernel_casefact (case_id, name, day, number, text)
        SELECT c, f->>0, (f->>1)::date, (f->>2)::bigint, f->>3 FROM jsonb_array_elements(p->'facts') f
        ON CONFLICT (case_id, name) DO UPDATE SET day = excluded.day, number = excluded.number, text = excluded.text;
    END IF;
    IF r ? 'party' THEN
        INSERT INTO kernel_party (case_id, key, "order", data, role, name, organ_id, since, before)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,role}', v#>>'{data,name}', (v#>>'{data,organ}')::bigint,
               (v#>>'{data,since}')::date, (v#>>'{data,before}')::date FROM jsonb_each(r->'party') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, name = excluded.name,
            organ_id = excluded.organ_id, before = excluded.before;
    END IF;
    IF r ? 'agent' THEN
        INSERT INTO kernel_agent (case_id, key, "order", data, kind, name, since, until, before)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,kind}', v#>>'{data,name}', (v#>>'{data,since}')::date,
               (v#>>'{data,until}')::date, (v#>>'{data,before}')::date FROM jsonb_each(r->'agent') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, name = excluded.name, before = excluded.before;
    END IF;
    IF r ? 'item' THEN
        INSERT INTO kernel_item (case_id, key, "order", data, outcome)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,outcome}' FROM jsonb_each(r->'item') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, outcome = excluded.outcome;
    END IF;
    IF r ? 'track' THEN
        INSERT INTO kernel_track (case_id, key, "order", data, name, state)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,name}', v#>>'{data,state}' FROM jsonb_each(r->'track') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, state = excluded.state;
    END IF;
    IF r ? 'clock' THEN
        INSERT INTO kernel_clock (case_id, key, "order", data, name, party, ours, start, due, lapses_after, stopped, lapsed,
                                  provisional, digest)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,name}', v#>>'{data,party}', (v#>>'{data,ours}')::boolean,
               (v#>>'{data,start}')::date, (v->>'due')::date, (v->>'lapses_after')::date, (v#>>'{data,stopped}')::date,
               v#>>'{data,lapsed,effect}', (v->>'provisional')::boolean, v->>'digest' FROM jsonb_each(r->'clock') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, party = excluded.party,
            start = excluded.start, due = excluded.due,
            lapses_after = excluded.lapses_after, stopped = excluded.stopped, lapsed = excluded.lapsed,
            provisional = excluded.provisional, digest = excluded.digest;
    END IF;
    IF r ? 'paper' THEN
        INSERT INTO kernel_paper (case_id, key, "order", data, name, number, day, digest, audience)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,name}', v#>>'{data,number}', (v#>>'{data,day}')::date,
               v#>>'{data,digest}', v#>>'{data,audience}' FROM jsonb_each(r->'paper') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data;
    END IF;
    IF r ? 'service' THEN
        INSERT INTO kernel_service (case_id, key, "order", data, paper, party, method, effective)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,paper}', v#>>'{data,party}', v#>>'{data,method}',
               (v#>>'{data,effective}')::date FROM jsonb_each(r->'service') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, effective = excluded.effective;
    END IF;
    IF r ? 'publication' THEN
        INSERT INTO kernel_publication (case_id, key, "order", data, paper, day)
        SELECT c, key, (v->>'order')::int, v->'data', v#>>'{data,paper}', (v#>>'{data,day}')::date
        FROM jsonb_each(r->'publication') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data;
    END IF;
    IF r ? 'link' THEN
        INSERT INTO kernel_link (case_id, key, "order", data, other_id, relation, effect)
        SELECT c, key, (v->>'order')::int, v->'data', (v#>>'{data,other}')::bigint, v#>>'{data,relation}', v#>>'{data,effect}'
        FROM jsonb_each(r->'link') t(key, v)
        ON CONFLICT (case_id, key) DO UPDATE SET "order" = excluded."order", data = excluded.data, effect = excluded.effect;
    END IF;
END $$;

-- The door for acts: the case was seen and locked by fadu_load, or is reached from one that was (p->'from').
CREATE FUNCTION fadu_write(p jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (SELECT fadu_sees(k) FROM kernel_case k WHERE k.id = (p->>'case')::bigint)
        AND NOT coalesce(fadu_reaches((p->>'case')::bigint, (p->>'from')::bigint), false) THEN
        RAISE EXCEPTION '会话看不到的案件不能写入' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM fadu_put(p);
END $$;

-- ------------------------------------------------------------ roles

REVOKE EXECUTE ON FUNCTION fadu_put(jsonb), fadu_reaches(bigint, bigint) FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO fadu_app, fadu_read;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fadu_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO fadu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fadu_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO fadu_app;
REVOKE UPDATE, DELETE, TRUNCATE ON kernel_event, kernel_eventvalue FROM fadu_app;
REVOKE DELETE, TRUNCATE ON kernel_case, kernel_stream, kernel_officer, kernel_organ, kernel_organmove, kernel_post, kernel_numbergiven,
    kernel_registerentry FROM fadu_app;
REVOKE UPDATE ON kernel_numbergiven, kernel_organmove FROM fadu_app;
REVOKE EXECUTE ON FUNCTION fadu_party_cases() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fadu_party_cases() TO fadu_app, fadu_read;
