"""A person's authenticator: django-otp's device, but that its secret lies sealed in the database."""

from __future__ import annotations

import secrets

from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.models.sealing import seal, unseal

#: What the secret of an authenticator is sealed for.
PURPOSE = "claims.second_factor"
#: Of the size of SHA-1's output, as RFC 4226 recommends; sealed it fills 72 of the column's 80 characters.
SECRET_BYTES = 20


class AuthenticatorManager(models.Manager["Authenticator"]):
    def begin(self, person_id: int) -> Authenticator:
        """Make one with a new secret, which is not in force yet."""
        sealed = seal(secrets.token_bytes(SECRET_BYTES), purpose=PURPOSE, owner_id=person_id)
        return self.create(user_id=person_id, name="authenticator", key=sealed, confirmed=False)


class Authenticator(TOTPDevice):  # type: ignore[misc]
    """Make it by ``Authenticator.objects.begin``; ``bin_key`` is the one place where the secret is opened."""

    objects = AuthenticatorManager()

    class Meta:
        proxy = True
        verbose_name = TOTPDevice._meta.verbose_name

    @property
    def bin_key(self) -> bytes:
        """Return the secret. Raises ``claims.models.sealing.Unsealable``."""
        return unseal(self.key, purpose=PURPOSE, owner_id=self.user_id)
