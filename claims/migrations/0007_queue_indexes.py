"""Indexes in the order of the queue, so that a page of it is read and not sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_failures_of_documents_and_feed_pace")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(("state__in", ["checking", "logged"])),
                fields=["priority", "id"],
                name="claim_queue_open",
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["priority", "id"], name="claim_queue_all"),
        ),
    ]
