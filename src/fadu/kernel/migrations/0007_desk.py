"""What officers keep for themselves: views of the list, forms not sent. Nobody else sees either."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CASCADE = django.db.models.deletion.CASCADE
OWN = """
ALTER TABLE kernel_{0} ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kernel_{0} USING ((SELECT fadu_sees_all())
    OR officer_id = (SELECT (current_setting('fadu.session')::jsonb ->> 'officer')::bigint));
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
        migrations.RunSQL(OWN.format("savedview") + OWN.format("draft"), reverse_sql=migrations.RunSQL.noop),
    )
