"""What officers keep for themselves: views, forms not sent, how far they have read, tables on their way in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CASCADE = django.db.models.deletion.CASCADE
OWN = """
ALTER TABLE kernel_{0} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kernel_{0} USING ((SELECT fadu_sees_all())
    OR officer_id = (SELECT (current_setting('fadu.session')::jsonb ->> 'officer')::bigint));
"""

# What others recorded lately in the cases that the session's officer answers for, newest first: those that he handles,
# those of p_bodies that nobody has taken up, those in which he acts for a party, as far as parties may know.
# p_read: also what he has read. As the owner, so that the right is asked once for each case and not for each event.
NEWS = """
CREATE FUNCTION fadu_news(p_since timestamptz, p_bodies bigint[], p_read boolean, p_most int)
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
        JOIN kernel_case c ON c.id = named.id AND (c.closed IS NULL OR c.closed >= first)
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
    dependencies = (("kernel", "0006_portal"),)
    operations = (
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("query", models.TextField()),
                ("officer", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("officer", "name"), name="saved_view")]},
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.TextField()),
                ("step", models.TextField()),
                ("about", models.TextField(default="")),
                ("typed", models.JSONField()),
                ("position", models.IntegerField(default=0)),
                ("changed", models.DateTimeField()),
                ("officer", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", models.ForeignKey(null=True, on_delete=CASCADE, related_name="+", to="kernel.case")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("officer", "case", "system", "step", "about"),
                        name="draft_of_form",
                        nulls_distinct=False,
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField(default=0)),
                ("light", models.TextField(default="")),
                ("officer", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "case",
                    models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="+", to="kernel.case"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("officer", "case"), name="read_mark")]},
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("target", models.TextField()),
                ("options", models.JSONField()),
                ("digest", models.TextField()),
                ("name", models.TextField()),
                ("content", models.BinaryField()),
                ("text", models.TextField(default="")),
                ("above", models.IntegerField(default=0)),
                ("said", models.JSONField(default=dict)),
                ("takes", models.BooleanField(default=False)),
                ("answer", models.JSONField(null=True)),
                ("lines", models.JSONField(default=list)),
                ("seen", models.BooleanField(default=False)),
                ("changed", models.DateTimeField()),
                ("officer", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "kind", "target", "digest"), name="brought_once")
                ]
            },
        ),
        migrations.RunSQL(
            "".join(OWN.format(table) for table in ("savedview", "draft", "readmark", "brought")) + NEWS,
            reverse_sql=migrations.RunSQL.noop,
        ),
    )
