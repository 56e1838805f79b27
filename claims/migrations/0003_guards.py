"""The triggers of ``_guards.py``, on SQLite and PostgreSQL alike; reversible."""

from django.db import migrations, models

from claims.migrations._guards import GUARDS_UP


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_gather_round_and_retired_passages")]

    operations = [
        migrations.AlterField(
            model_name="verdict",
            name="none_found",
            field=models.CharField(
                blank=True,
                choices=[
                    ("for", "no evidence for it was found"),
                    ("against", "no evidence against it was found"),
                    ("both", "no evidence either way was found"),
                ],
                default="",
                max_length=20,
                verbose_name="sides with no evidence found",
            ),
        ),
        GUARDS_UP,
    ]
