"""Secrets that lie in the database sealed: a copy of the database alone is not enough to read them.

The key comes from SECRET_KEY, which is never in the database. A sealed secret is bound to its purpose and its
owner, so that it cannot be put into another row; a changed one is refused, not read wrongly.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unsealable(ValueError):
    """No key of this installation opens it: SECRET_KEY was replaced, or the row is not what was written."""


def seal(secret: bytes, *, purpose: str, owner_id: int) -> str:
    """Return ``secret`` as hexadecimal digits, 32 more than twice its length (AES-SIV, RFC 5297).

    It needs no nonce: it gives away no more than that two sealed secrets of one owner are equal.
    """
    return _cipher(settings.SECRET_KEY, purpose).encrypt(secret, [_owner(owner_id)]).hex()


def unseal(sealed: str, *, purpose: str, owner_id: int) -> bytes:
    """Return the secret, also one that was sealed under a key of SECRET_KEY_FALLBACKS. Raises ``Unsealable``."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key, purpose).decrypt(bytes.fromhex(sealed), [_owner(owner_id)])
        except (InvalidTag, ValueError):
            continue
    raise Unsealable(f"a secret of {owner_id} for {purpose}")


def _cipher(key: str, purpose: str) -> AESSIV:
    """Return the cipher of one purpose: HKDF (RFC 5869) gives each a key of its own, 512 bits for AES-256-SIV."""
    return AESSIV(HKDF(SHA512(), length=64, salt=None, info=purpose.encode()).derive(key.encode()))


def _owner(owner_id: int) -> bytes:
    return str(owner_id).encode()
