"""The secrets of authenticators are sealed under a key that is not in the database."""

from django.db import migrations

from claims.models.authenticators import PURPOSE
from claims.models.sealing import seal, unseal


def seal_secrets(apps, schema_editor) -> None:
    """Seal what lay open, row by row: a newsroom has tens of authenticators."""
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = seal(bytes.fromhex(device.key), purpose=PURPOSE, owner_id=device.user_id)
        device.save(update_fields=["key"])


def open_secrets(apps, schema_editor) -> None:
    for device in apps.get_model("otp_totp", "TOTPDevice").objects.all():
        device.key = unseal(device.key, purpose=PURPOSE, owner_id=device.user_id).hex()
        device.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0030_guarded_tables_are_never_emptied"),
        ("otp_totp", "0003_add_timestamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authenticator",
            fields=[],
            options={
                "verbose_name": "TOTP device",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("otp_totp.totpdevice",),
        ),
        migrations.RunPython(seal_secrets, open_secrets),
    ]
