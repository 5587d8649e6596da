"""News also of cases that are over and still owe something, however long ago they ended."""

from django.db import migrations

NEWS = """
CREATE OR REPLACE FUNCTION fadu_news(p_since timestamptz, p_bodies bigint[], p_read boolean, p_most int)
RETURNS TABLE (case_id bigint, event_position int, label text, about text, article text, actor text, role text,
               happened date, recorded timestamptz) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE me bigint; bodies bigint[] := fadu_bodies(); first date := (p_since AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    PERFORM fadu_in_session();
    me := (current_setting('fadu.session')::jsonb ->> 'officer')::bigint;
    -- OFFSET 0: the events of each case are looked up, however many the planner expects; what is told of them is
    -- read of those that remain.
    RETURN QUERY
    WITH mine AS MATERIALIZED (
        SELECT c.id, c.stream_id, c.body_id = ANY (bodies) AS inside, coalesce(r.position, 0) AS position
        FROM (SELECT k.id FROM kernel_case k WHERE k.officer_id = me
              UNION SELECT k.id FROM kernel_case k
              WHERE k.body_id = ANY (p_bodies) AND k.officer_id IS NULL AND k.closed IS NULL AND NOT k.mirrored
              UNION SELECT fadu_party_cases()) AS named(id)
        JOIN kernel_case c ON c.id = named.id AND (c.closed IS NULL OR c.due IS NOT NULL OR c.closed >= first)
            AND (c.body_id = ANY (bodies) OR fadu_sees(c))
        LEFT JOIN kernel_readmark r ON r.officer_id = me AND r.case_id = c.id),
    newest AS MATERIALIZED (
        SELECT m.id, e.stream_id, e.position FROM mine m CROSS JOIN LATERAL (
            SELECT v.stream_id, v.position, v.recorded FROM kernel_event v
            WHERE v.stream_id = m.stream_id AND v.recorded > p_since AND v.actor_id IS DISTINCT FROM me
                AND (p_read OR v.position > m.position) AND (m.inside OR v.audience <> 'internal') OFFSET 0) AS e
        ORDER BY e.recorded DESC, m.id, e.position DESC LIMIT p_most)
    SELECT n.id, e.position, e.label, substring(e.body FROM '"op":"done","step":"[a-z_0-9]+:([a-z_0-9]+)"'), e.article,
           f.name, e.role, e.happened, e.recorded
    FROM newest n JOIN kernel_event e ON e.stream_id = n.stream_id AND e.position = n.position
    LEFT JOIN kernel_officer f ON f.id = e.actor_id
    ORDER BY e.recorded DESC, n.id, e.position DESC;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("kernel", "0007_desk"),)
    operations = (migrations.RunSQL(NEWS, reverse_sql=migrations.RunSQL.noop),)
