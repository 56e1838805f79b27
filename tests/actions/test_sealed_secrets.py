"""Secrets of second factors lie sealed: neither the database alone nor another row gives one away."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.actions.refusals import Invalid
from claims.actions.second_factor import begin_enrolment, confirm_enrolment, pass_second_factor
from claims.models import Authenticator
from claims.models.sealing import Unsealable, seal, unseal
from claims.selectors.people import enrolment_of
from tests.newsroom import Newsroom

migration = import_module("claims.migrations.0031_sealed_second_factors")


def code_of(device: Authenticator, steps: int = 0) -> str:
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


@pytest.fixture
def device(newsroom: Newsroom) -> Authenticator:
    return begin_enrolment(actor=newsroom.actor("rita"))


def kept() -> str:
    key: str = TOTPDevice.objects.values_list("key", flat=True).get()
    return key


# --- Sealing ------------------------------------------------------------------------------------------


def test_a_sealed_secret_is_read_again_and_does_not_stand_in_what_is_kept() -> None:
    sealed = seal(b"twenty bytes of key!", purpose="p", owner_id=7)
    assert unseal(sealed, purpose="p", owner_id=7) == b"twenty bytes of key!"
    assert b"twenty bytes of key!".hex() not in sealed
    assert len(sealed) == 72


@pytest.mark.parametrize(
    ("purpose", "owner_id", "flipped"), [("other", 7, None), ("p", 8, None), ("p", 7, 0), ("p", 7, 71)]
)
def test_for_another_purpose_or_owner_or_changed_it_is_not_opened(
    purpose: str, owner_id: int, flipped: int | None
) -> None:
    sealed = seal(b"twenty bytes of key!", purpose="p", owner_id=7)
    if flipped is not None:
        digit = "0" if sealed[flipped] != "0" else "1"
        sealed = sealed[:flipped] + digit + sealed[flipped + 1 :]
    with pytest.raises(Unsealable):
        unseal(sealed, purpose=purpose, owner_id=owner_id)


@pytest.mark.parametrize("kept", ["", "00", "zz", "00" * 36])
def test_what_was_never_sealed_is_not_opened(kept: str) -> None:
    with pytest.raises(Unsealable):
        unseal(kept, purpose="p", owner_id=7)


# --- Second factors -----------------------------------------------------------------------------------


def test_the_database_does_not_hold_the_secret_of_an_authenticator(device: Authenticator) -> None:
    assert len(device.bin_key) == 20
    assert device.bin_key.hex() not in kept()
    assert TOTPDevice.objects.get().bin_key != device.bin_key
    enrolment = enrolment_of(device.user_id)
    assert enrolment is not None
    assert kept() not in enrolment.address


def test_two_people_never_share_a_secret(newsroom: Newsroom) -> None:
    secrets = {begin_enrolment(actor=newsroom.actor(name)).bin_key for name in ("rita", "remi", "anna")}
    assert len(secrets) == 3


def test_under_a_former_key_codes_and_recovery_codes_are_still_taken(
    device: Authenticator, newsroom: Newsroom, settings: Any
) -> None:
    rita = newsroom.actor("rita")
    recovery = confirm_enrolment(code=code_of(device), actor=rita)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    pass_second_factor(person_id=device.user_id, code=code_of(device, steps=1))
    pass_second_factor(person_id=device.user_id, code=recovery[0])


def test_under_a_new_key_alone_the_person_is_told_what_to_do(
    device: Authenticator, newsroom: Newsroom, settings: Any
) -> None:
    code = code_of(device)
    confirm_enrolment(code=code, actor=newsroom.actor("rita"))
    settings.SECRET_KEY = "a new key"
    with pytest.raises(Invalid, match="take your second factor off"):
        pass_second_factor(person_id=device.user_id, code=code)


def test_what_was_begun_under_another_key_is_begun_anew(device: Authenticator, settings: Any) -> None:
    settings.SECRET_KEY = "a new key"
    assert enrolment_of(device.user_id) is None


# --- The migration ------------------------------------------------------------------------------------


def test_secrets_of_before_are_sealed_and_opened_again(newsroom: Newsroom) -> None:
    rita = newsroom.people["rita"]
    plain = TOTPDevice.objects.create(user=rita, name="authenticator", confirmed=True)
    migration.seal_secrets(apps, None)
    assert kept() != plain.key
    assert Authenticator.objects.get().bin_key == plain.bin_key
    migration.open_secrets(apps, None)
    assert kept() == plain.key
