"""The one door: passwords, guesses, second factors, sessions; at the pages and at the review desk."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as configured
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from claims.models import Authenticator, ClaimEvent, Person, RecoveryCode
from claims.web.guesses import KNOWN_BROWSER
from tests.newsroom import Newsroom

PASSWORD = "a long pass phrase"
DOORS = ["/sign-in/", "/admin/login/"]


def code_of(device: Authenticator, steps: int = 0) -> str:
    """Return the code that an authenticator shows, ``steps`` of 30 seconds from now."""
    return f"{totp(device.bin_key, t0=-30 * steps, digits=6):06d}"


def knock(
    client: Client, name: str, password: str = PASSWORD, door: str = "/sign-in/", **extra: str
) -> object:
    """Go to a door, follow it to the form, and send the form."""
    page = client.get(door, {"next": "/claims/"}, follow=True, **extra)
    address = page.redirect_chain[-1][0] if page.redirect_chain else f"{door}?next=/claims/"
    assert address.startswith("/sign-in/"), address
    form = {"username": name, "password": password, "next": page.context["next"]}
    return client.post(address, form, **extra)


def is_in(client: Client) -> bool:
    return client.get("/claims/").status_code == 200


@pytest.fixture
def rita(newsroom: Newsroom) -> Person:
    newsroom.people["rita"].is_staff = True
    newsroom.people["rita"].save()
    return newsroom.people["rita"]


def enrol(person: Person) -> tuple[Authenticator, list[str]]:
    """Set up a second factor as its person does, on the pages; return the device and the recovery codes."""
    client = Client()
    client.force_login(person)
    page = reverse("account_second_factor")
    client.post(page, {"step": "begin", "password": PASSWORD})
    device = Authenticator.objects.get(user=person, confirmed=False)
    shown = client.post(page, {"step": "confirm", "code": code_of(device)})
    assert shown.status_code == 200
    return Authenticator.objects.get(user=person, confirmed=True), shown.context["codes"]


# --- Passwords ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_a_password_opens_a_session_with_a_new_key(rita: Person, door: str) -> None:
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["before"] = "kept by a browser"
    session.save()
    key = session.session_key
    client.cookies[configured.SESSION_COOKIE_NAME] = key
    assert knock(client, rita.username, door=door).status_code == 302
    assert client.session.session_key != key
    assert is_in(client)


@pytest.mark.parametrize("door", DOORS)
def test_guesses_at_one_name_from_one_address_lock_that_pair(
    rita: Person, newsroom: Newsroom, settings: object, door: str
) -> None:
    settings.AXES_FAILURE_LIMIT = 3  # type: ignore[attr-defined]
    client = Client()
    for _guess in range(2):
        assert knock(client, rita.username, "wrong", door).status_code == 200
    locked = knock(client, rita.username, "wrong", door)
    assert locked.status_code == 429
    assert "Wait 15 minutes" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert knock(client, rita.username, door=door).status_code == 429, "the right password waits as well"
    assert not is_in(client)
    other = Client()
    assert knock(other, newsroom.people["remi"].username, door=door).status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert knock(elsewhere, rita.username, door=door).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert knock(client, rita.username, door=door).status_code == 302


def test_guesses_at_one_name_from_everywhere_slow_down_but_keep_its_person_in(
    rita: Person, newsroom: Newsroom, settings: object
) -> None:
    settings.SIGN_IN_GUESSES_EVERYWHERE = 4  # type: ignore[attr-defined]
    her_browser = Client(REMOTE_ADDR="192.0.2.1")
    assert knock(her_browser, rita.username).status_code == 302
    her_browser.post("/sign-out/")
    for number in range(4):
        guesser = Client(REMOTE_ADDR=f"198.51.100.{number}")
        assert knock(guesser, rita.username, "wrong").status_code == 200
    stranger = Client(REMOTE_ADDR="198.51.100.200")
    refused = knock(stranger, rita.username)
    assert refused.status_code == 429, "the right password waits as well"
    assert "from many places" in refused.content.decode()
    assert knock(her_browser, rita.username).status_code == 302
    assert knock(stranger, newsroom.people["remi"].username).status_code == 302, "other names are free"
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert knock(Client(REMOTE_ADDR="198.51.100.201"), rita.username).status_code == 302


def test_knocking_on_the_shut_door_does_not_keep_it_shut(rita: Person, settings: object) -> None:
    settings.SIGN_IN_GUESSES_EVERYWHERE = 2  # type: ignore[attr-defined]
    for number in range(2):
        knock(Client(REMOTE_ADDR=f"198.51.100.{number}"), rita.username, "wrong")
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=True):
        assert knock(Client(REMOTE_ADDR="198.51.100.9"), rita.username, "wrong").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert knock(Client(REMOTE_ADDR="198.51.100.10"), rita.username).status_code == 302


@pytest.mark.parametrize("made_by", ["another person", "an attacker", "an old password"])
def test_a_browser_is_known_by_its_persons_own_cookie_alone(
    made_by: str, rita: Person, newsroom: Newsroom, settings: object
) -> None:
    settings.SIGN_IN_GUESSES_EVERYWHERE = 1  # type: ignore[attr-defined]
    browser = Client(REMOTE_ADDR="192.0.2.1")
    knock(browser, newsroom.people["remi"].username if made_by == "another person" else rita.username)
    browser.post("/sign-out/")
    if made_by == "an attacker":
        browser.cookies[KNOWN_BROWSER] = signing.dumps(rita.pk, salt="claims.known_browser", key="guessed")
    if made_by == "an old password":
        rita.set_password("another long pass phrase")
        rita.save()
    knock(Client(REMOTE_ADDR="198.51.100.1"), rita.username, "wrong")
    assert knock(browser, rita.username, "another long pass phrase").status_code == 429


@pytest.mark.parametrize(("language", "words"), [("uk", "Зачекайте"), ("ru", "Подождите")])
def test_the_lock_speaks_the_language_of_the_browser(
    rita: Person, settings: object, language: str, words: str
) -> None:
    settings.AXES_FAILURE_LIMIT = 1  # type: ignore[attr-defined]
    client = Client(headers={"accept-language": language})
    assert words in knock(client, rita.username, "wrong").content.decode()


def test_a_forged_header_moves_nobody_to_another_address(rita: Person, settings: object) -> None:
    settings.AXES_FAILURE_LIMIT = 2  # type: ignore[attr-defined]
    client = Client()
    statuses = [
        knock(client, rita.username, "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}").status_code
        for n in range(3)
    ]
    assert statuses == [200, 429, 429]


def test_behind_a_proxy_the_entry_that_the_proxy_wrote_counts(rita: Person, settings: object) -> None:
    settings.AXES_FAILURE_LIMIT, settings.TRUST_FORWARDED_FOR = 2, 1  # type: ignore[attr-defined]
    client = Client(REMOTE_ADDR="10.0.0.1")

    def guess(chain: str) -> int:
        return knock(client, rita.username, "wrong", HTTP_X_FORWARDED_FOR=chain).status_code

    assert [guess(f"198.51.100.{n}, 192.0.2.1") for n in range(2)] == [200, 429]
    assert guess("192.0.2.1, 192.0.2.2") == 200


def test_a_disabled_person_does_not_come_in(rita: Person) -> None:
    Person.objects.filter(pk=rita.pk).update(is_active=False)
    client = Client()
    knock(client, rita.username)
    assert not is_in(client)


def test_who_may_not_enter_the_desk_is_told_why_and_not_sent_in_circles(newsroom: Newsroom) -> None:
    client = Client()
    client.force_login(newsroom.people["jonas"])
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "Ask an administrator for one." in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_no_door_leads_to_another_site(rita: Person, address: str) -> None:
    client = Client()
    client.force_login(rita)
    assert client.get("/admin/login/", {"next": address})["Location"] == "/admin/"
    assert client.get("/sign-in/", {"next": address})["Location"] == "/"
    device, _codes = enrol(rita)
    client = Client()
    client.post("/sign-in/", {"username": rita.username, "password": PASSWORD})
    entered = client.post("/sign-in/code/", {"code": code_of(device, 1), "next": address})
    assert entered["Location"] == "/"


# --- The second factor --------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_with_a_second_factor_the_password_alone_opens_nothing(rita: Person, door: str) -> None:
    device, _codes = enrol(rita)
    client = Client()
    answer = knock(client, rita.username, door=door)
    assert answer["Location"].startswith("/sign-in/code/")
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302
    key = client.session.session_key
    entered = client.post("/sign-in/code/", {"code": code_of(device, 1), "next": "/claims/"})
    assert entered["Location"] == "/claims/"
    assert is_in(client)
    assert client.session.session_key != key


def test_a_code_is_taken_once(rita: Person) -> None:
    device, _codes = enrol(rita)
    code = code_of(device, 1)
    first, second = Client(), Client()
    for client in (first, second):
        knock(client, rita.username)
        client.post("/sign-in/code/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_a_clock_may_be_half_a_minute_off_and_no_more(rita: Person) -> None:
    device, _codes = enrol(rita)
    now = time.time()
    for steps, expected in ((2, False), (-2, False), (1, True)):
        with time_machine.travel(now + 900, tick=False):
            Authenticator.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
            client = Client()
            knock(client, rita.username)
            client.post("/sign-in/code/", {"code": code_of(device, steps)})
            assert is_in(client) is expected, steps


def test_each_wrong_code_doubles_the_wait(rita: Person) -> None:
    device, _codes = enrol(rita)
    client = Client()
    knock(client, rita.username)
    wrong = f"{(int(code_of(device, 5)) + 1) % 1_000_000:06d}"
    with time_machine.travel(timezone.now(), tick=False):
        assert client.post("/sign-in/code/", {"code": wrong}).status_code == 400
        soon = client.post("/sign-in/code/", {"code": code_of(device, 1)})
    assert soon.status_code == 429
    assert "Too many wrong codes." in soon.content.decode()
    Authenticator.objects.update(throttling_failure_count=6)
    with time_machine.travel(timezone.now() + timedelta(seconds=30), tick=False):
        knock(client, rita.username)
        assert client.post("/sign-in/code/", {"code": code_of(device)}).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(seconds=40), tick=False):
        knock(client, rita.username)
        client.post("/sign-in/code/", {"code": code_of(device)})
        assert is_in(client)


def test_a_recovery_code_stands_in_once_and_is_kept_as_a_hash(rita: Person) -> None:
    _device, codes = enrol(rita)
    assert len(codes) == 10
    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    first, second = Client(), Client()
    for client in (first, second):
        knock(client, rita.username)
        client.post("/sign-in/code/", {"code": codes[3].upper()})
    assert is_in(first)
    assert not is_in(second)
    assert ClaimEvent.objects.filter(verb="use_recovery_code", subject_id=rita.pk).count() == 1
    page = first.get(reverse("account_second_factor")).content.decode()
    assert "9 recovery codes are left" in page
    assert codes[0] not in page


def test_the_code_is_waited_for_five_minutes_and_for_this_password(rita: Person) -> None:
    device, _codes = enrol(rita)
    client = Client()
    knock(client, rita.username)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        assert client.post("/sign-in/code/", {"code": code_of(device)})["Location"] == "/sign-in/"
    knock(client, rita.username)
    rita.set_password("quite another phrase")
    rita.save()
    assert client.post("/sign-in/code/", {"code": code_of(device, 1)})["Location"] == "/sign-in/"
    assert not is_in(client)


def test_nobody_comes_to_the_code_without_a_password(rita: Person) -> None:
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"


def test_setting_it_up_asks_for_the_password_and_ends_sessions_of_before(rita: Person) -> None:
    stolen = Client()
    stolen.force_login(rita)
    page = reverse("account_second_factor")
    assert stolen.post(page, {"step": "begin", "password": "wrong"}).status_code == 400
    assert not Authenticator.objects.exists()
    assert stolen.get(reverse("account_qr")).status_code == 404
    enrol(rita)
    assert not is_in(stolen)


def test_the_picture_is_drawn_here_and_only_while_it_is_set_up(rita: Person, newsroom: Newsroom) -> None:
    client, other = Client(), Client()
    client.force_login(rita)
    other.force_login(newsroom.people["remi"])
    client.post(reverse("account_second_factor"), {"step": "begin", "password": PASSWORD})
    picture = client.get(reverse("account_qr"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    assert b"style" not in picture.content
    assert "no-store" in picture["Cache-Control"]
    assert other.get(reverse("account_qr")).status_code == 404
    device = Authenticator.objects.get()
    client.post(reverse("account_second_factor"), {"step": "confirm", "code": code_of(device)})
    assert client.get(reverse("account_qr")).status_code == 404


def test_a_factor_in_force_is_not_replaced_without_a_code(rita: Person) -> None:
    device, _codes = enrol(rita)
    client = Client()
    client.force_login(Person.objects.get(pk=rita.pk))
    page = reverse("account_second_factor")
    assert client.post(page, {"step": "begin", "password": PASSWORD}).status_code == 400
    assert client.post(page, {"step": "end", "code": "abc"}).status_code == 400
    assert Authenticator.objects.get() == device
    Authenticator.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post(page, {"step": "end", "code": code_of(device, 1)}).status_code == 302
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()
    call_command("verify_history")


# --- Sessions -----------------------------------------------------------------------------------------


def test_a_changed_password_ends_every_other_session(rita: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(rita)
    form = {
        "old_password": PASSWORD,
        "new_password1": "tugs in the morning",
        "new_password2": "tugs in the morning",
    }
    assert here.post(reverse("account_password"), form).status_code == 302
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("weak", ["short", "111122223333444", "passwordpassword1"[:9], "qwertyuiop"])
def test_a_weak_password_is_refused_with_a_sentence(rita: Person, weak: str) -> None:
    client = Client()
    client.force_login(rita)
    form = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    answer = client.post(reverse("account_password"), form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert Person.objects.get(pk=rita.pk).check_password(PASSWORD)


def test_signing_out_elsewhere_keeps_only_this_session(rita: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.force_login(rita)
    assert here.post(reverse("account_sign_out_elsewhere")).status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_a_session_ends_when_nobody_uses_it_and_a_polling_page_is_nobody(rita: Person) -> None:
    begin = timezone.now()
    age = timedelta(seconds=configured.SESSION_COOKIE_AGE)
    used, polled = Client(), Client()
    with time_machine.travel(begin, tick=False):
        for client in (used, polled):
            knock(client, rita.username)
    with time_machine.travel(begin + age * 0.7, tick=False):
        assert is_in(used)
        polled.get("/claims/", headers={"HX-Request": "true"})
    with time_machine.travel(begin + age * 1.3, tick=False):
        assert is_in(used)
        assert not is_in(polled)


def test_cookies_are_closed_to_scripts_and_other_sites(rita: Person) -> None:
    client = Client()
    knock(client, rita.username)
    for name in (configured.SESSION_COOKIE_NAME, KNOWN_BROWSER):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert client.get("/sign-in/code/").headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_every_answer_to_a_step_is_reached_without_a_script(
    rita: Person, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = Client()
    client.force_login(rita)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        page = client.get(reverse("account")).content.decode()
    assert "<script>" not in page
    assert "style=" not in page


def test_a_name_that_no_account_can_have_is_refused_like_any_wrong_one(client: Client) -> None:
    answer = client.post("/sign-in/", {"username": "a" * 10_000, "password": PASSWORD})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
