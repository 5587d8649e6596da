-- Erases the values that an act of destruction names, which is the last event of a closed case, or of the chain of a
-- register, about entries that are over. Its note, the last
-- value of the event, says which: {"slots": [[position, slot], …], "ground": text}. The digests stay in the events;
-- the salt goes too, so that nobody can try out what a short value was.
CREATE FUNCTION fadu_erase(p_stream bigint, p_position int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE said jsonb; erased_now int;
BEGIN
    SELECT v.value::jsonb INTO said FROM kernel_eventvalue v
    WHERE v.stream_id = p_stream AND v.position = p_position ORDER BY v.slot DESC LIMIT 1;
    IF NOT EXISTS (
        SELECT FROM kernel_case c JOIN kernel_stream s ON s.id = c.stream_id
        JOIN kernel_event e ON e.stream_id = s.id AND e.position = s.position
        WHERE s.id = p_stream AND s.position = p_position AND e.step = 'destroy' AND c.closed IS NOT NULL
            AND fadu_sees(c)
    ) AND NOT EXISTS (
        SELECT FROM kernel_stream s JOIN kernel_event e ON e.stream_id = s.id AND e.position = s.position
        WHERE s.id = p_stream AND s.position = p_position AND e.step = 'destroy' AND s.kind = 'register'
            AND s.organ_id IS NOT NULL AND fadu_sees_all() AND NOT EXISTS (
                SELECT FROM kernel_registerentry r JOIN jsonb_array_elements(said->'slots') AS named(slot)
                    ON r.position = (named.slot->>0)::int
                WHERE r.stream_id = p_stream AND (r.before IS NULL OR r.before > e.happened))
    ) THEN
        RAISE EXCEPTION '只有已办结案件、已终止条目的销毁记录才能清除内容' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE kernel_eventvalue v SET value = NULL, salt = '', erased = said->>'ground'
    FROM jsonb_array_elements(said->'slots') AS named(slot)
    WHERE v.stream_id = p_stream AND v.position < p_position AND v.value IS NOT NULL
        AND v.position = (named.slot->>0)::int AND v.slot = (named.slot->>1)::int;
    GET DIAGNOSTICS erased_now = ROW_COUNT;
    IF erased_now <> jsonb_array_length(said->'slots') THEN
        RAISE EXCEPTION '销毁记录所列的内容与现有的不符';
    END IF;
    RETURN erased_now;
END $$;
REVOKE EXECUTE ON FUNCTION fadu_erase(bigint, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fadu_erase(bigint, int) TO fadu_app;
