"""Claims with a public check are indexed anew: the index now tells which they are.

A higher version is all it takes: the comparison of index and database, which runs by itself, finds them outdated.
"""

from __future__ import annotations

from django.db import migrations

_OUTDATED = """
    UPDATE claims_claim SET version = version + 1
    WHERE id IN (SELECT claim_id FROM claims_publication WHERE current_id IS NOT NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0031_sealed_second_factors")]

    operations = [migrations.RunSQL(_OUTDATED, migrations.RunSQL.noop)]
