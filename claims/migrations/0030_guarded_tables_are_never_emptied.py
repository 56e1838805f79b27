"""On PostgreSQL a guarded table is not emptied at once either: TRUNCATE fires no trigger on rows."""

from django.db import migrations

from claims.migrations._guards import GUARDS_DOWN, GUARDS_UP


class Migration(migrations.Migration):
    dependencies = [("claims", "0029_lists_read_off_indexes")]

    operations = [GUARDS_DOWN, GUARDS_UP]
