"""People and desks at the review desk: changed by administrators through actions, told in the history."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from claims.actions.conflicts import declare_conflict
from claims.actions.queue import take_claim
from claims.models import Claim, ClaimEvent, ConflictOfInterest, Desk, Membership, Person
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom
from tests.web.test_signing_in import PASSWORD, enrol, is_in, knock


def form_of(person: Person, **changes: object) -> dict[str, object]:
    held = [f"{desk}:{role}" for desk, role in person.memberships.values_list("desk_id", "role")]
    return {
        "username": person.username,
        "first_name": person.first_name,
        "last_name": "",
        "email": "",
        "language": "",
        "is_staff": "on",
        "roles": held,
        "seen_version": person.version,
    } | changes


def address(person: Person, verb: str = "") -> str:
    if verb:
        return reverse("admin:claims_person_step", args=[person.pk, verb])
    return reverse("admin:claims_person_change", args=[person.pk])


def last_event(verb: str) -> ClaimEvent:
    return ClaimEvent.objects.filter(verb=verb).latest("sequence")


def test_an_administrator_adds_a_person_who_can_sign_in_and_take_claims(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    answer = at_desk("adam").post(
        reverse("admin:claims_person_add"),
        {
            "username": "nina",
            "first_name": "Nina",
            "language": "uk",
            "is_staff": "on",
            "password": "tugs at the quay",
            "roles": [f"{newsroom.desk.pk}:reviewer"],
        },
    )
    nina = Person.objects.get(username="nina")
    assert answer["Location"] == reverse("admin:claims_person_changelist")
    assert last_event("create_person").details["roles"] == ["", f"{newsroom.desk.name}: reviewer"]
    assert "tugs at the quay" not in str(ClaimEvent.objects.values_list("details", flat=True))
    client = Client()
    assert knock(client, "nina", "tugs at the quay").status_code == 302
    claim = newsroom.claim()
    newsroom.people["nina"] = nina
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("nina"))


def test_a_weak_first_password_adds_nobody(newsroom: Newsroom, at_desk: SignedIn) -> None:
    form = {"username": "nina", "password": "nina", "first_name": "Nina"}
    page = at_desk("adam").post(reverse("admin:claims_person_add"), form, follow=True).content.decode()
    assert "too short" in page
    for typed in ("nina", "Nina"):
        assert f'value="{typed}"' in page, "what was typed is kept"
    assert not Person.objects.filter(username="nina").exists()


def test_roles_are_given_and_taken_with_their_history(newsroom: Newsroom, at_desk: SignedIn) -> None:
    remi, desk = newsroom.people["remi"], newsroom.desk
    at_desk("adam").post(address(remi), form_of(remi, roles=[f"{desk.pk}:editor", f"{desk.pk}:reviewer"]))
    assert newsroom.actor("remi").roles[desk.pk] == {"editor", "reviewer"}
    before, after = last_event("change_person").details["roles"]
    assert (before, after) == (f"{desk.name}: reviewer", f"{desk.name}: editor, {desk.name}: reviewer")
    page = at_desk("adam").get(address(remi)).content.decode()
    assert "changed the person" in page
    call_command("verify_history")


def test_a_role_that_is_taken_hands_its_tasks_back_and_keeps_given_approvals(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    """Rule 11: the change does not act backwards on an approval that is open."""
    verdict = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="election")))
    newsroom.approved(verdict, by="remi")
    held = newsroom.claim("A dredger left the harbour at noon.")
    take_claim(claim_id=held.pk, seen_version=held.version, actor=newsroom.actor("remi"))
    remi = newsroom.people["remi"]
    at_desk("adam").post(address(remi), form_of(remi, roles=[f"{newsroom.desk.pk}:auditor"]))
    assert Claim.objects.get(pk=held.pk).held_by is None
    assert ClaimEvent.objects.filter(claim=held, verb="reassign").count() == 1
    verdict.refresh_from_db()
    newsroom.approved(verdict, by="anna")
    verdict.refresh_from_db()
    assert verdict.state == "approved"


def test_nobody_gives_themselves_a_role_nor_locks_themselves_out(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    adam = newsroom.people["adam"]
    adam.refresh_from_db()
    client = at_desk("adam")
    wanted = [f"{newsroom.desk.pk}:admin", f"{newsroom.desk.pk}:reviewer"]
    page = client.post(address(adam), form_of(adam, roles=wanted), follow=True).content.decode()
    assert "Nobody changes their own roles." in page
    assert Membership.objects.filter(person=adam).count() == 1
    form = {"seen_version": adam.version, "reason": "Leaving"}
    assert (
        "Another administrator" in client.post(address(adam, "disable"), form, follow=True).content.decode()
    )
    assert Person.objects.get(pk=adam.pk).is_active


def test_of_two_administrators_the_second_is_told_and_overwrites_nothing(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    remi = newsroom.people["remi"]
    client = at_desk("adam")
    client.post(address(remi), form_of(remi, last_name="First"))
    page = client.post(address(remi), form_of(remi, last_name="Second"), follow=True).content.decode()
    assert "Someone else changed this" in page
    assert Person.objects.get(pk=remi.pk).last_name == "First"


def test_disabling_ends_sessions_at_once_and_returns_tasks(newsroom: Newsroom, at_desk: SignedIn) -> None:
    rita, claim = newsroom.people["rita"], newsroom.claim()
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))
    session = at_desk("rita")
    assert is_in(session)
    form = {"seen_version": rita.version, "reason": "Has left the newsroom"}
    at_desk("adam").post(address(rita, "disable"), form)
    assert not is_in(session)
    claim.refresh_from_db()
    assert (claim.held_by, claim.held_until) == (None, None)
    assert last_event("reassign").note == "Has left the newsroom"
    assert ClaimEvent.objects.filter(verb="take", person_name="Rita").exists(), "past work stays named"
    rita.refresh_from_db()
    at_desk("adam").post(address(rita, "enable"), {"seen_version": rita.version, "reason": "Is back"})
    assert not is_in(session), "an old session does not come back with the account"
    assert knock(session, rita.username).status_code == 302
    call_command("verify_history")


@pytest.mark.parametrize("verb", ["disable", "enable", "reset_second_factor", "unlock"])
def test_what_is_done_to_another_person_needs_a_reason(
    newsroom: Newsroom, at_desk: SignedIn, verb: str
) -> None:
    rita = newsroom.people["rita"]
    form = {"seen_version": rita.version, "reason": "  "}
    page = at_desk("adam").post(address(rita, verb), form, follow=True).content.decode()
    assert "Say why, for the history." in page
    assert not ClaimEvent.objects.exists()


@pytest.mark.parametrize("name", ["rita", "anna", "pavlo", "ada", "jonas", "root"])
def test_nobody_but_the_admin_does_anything_to_a_person(
    newsroom: Newsroom, at_desk: SignedIn, name: str
) -> None:
    remi, client = newsroom.people["remi"], at_desk(name)
    for verb in ("disable", "set_password", "sign_out", "reset_second_factor", "unlock", "enable"):
        form = {"seen_version": 1, "reason": "x", "password": "a new long phrase"}
        assert client.post(address(remi, verb), form).status_code in (302, 403, 404)
    client.post(address(remi), form_of(remi, last_name="Other"))
    remi.refresh_from_db()
    assert (remi.is_active, remi.last_name, remi.sign_in_round, remi.version) == (True, "", 1, 1)
    assert not ClaimEvent.objects.exists()


def test_a_new_password_ends_the_sessions_of_the_old_one(newsroom: Newsroom, at_desk: SignedIn) -> None:
    remi, session = newsroom.people["remi"], at_desk("remi")
    form = {"seen_version": remi.version, "password": "harbour log of may"}
    at_desk("adam").post(address(remi, "set_password"), form)
    assert not is_in(session)
    assert knock(Client(), remi.username, "harbour log of may").status_code == 302


def test_a_lost_second_factor_is_taken_off_with_a_reason(newsroom: Newsroom, at_desk: SignedIn) -> None:
    rita = newsroom.people["rita"]
    enrol(rita)
    page = at_desk("adam").get(address(rita)).content.decode()
    assert "Take the second factor off" in page
    at_desk("adam").post(address(rita, "reset_second_factor"), {"reason": "Phone lost"})
    assert last_event("reset_second_factor").note == "Phone lost"
    assert knock(Client(), rita.username, PASSWORD)["Location"] == "/claims/"


def test_a_locked_name_is_opened_again(newsroom: Newsroom, at_desk: SignedIn, settings: object) -> None:
    settings.AXES_FAILURE_LIMIT = 2  # type: ignore[attr-defined]
    rita, client = newsroom.people["rita"], Client()
    for _guess in range(2):
        knock(client, rita.username, "wrong")
    assert knock(client, rita.username).status_code == 429
    assert "locked" in at_desk("adam").get(address(rita)).content.decode()
    at_desk("adam").post(address(rita, "unlock"), {"reason": "It was Rita"})
    assert knock(client, rita.username).status_code == 302


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", ""])
def test_a_desk_asks_for_one_to_three_approvals(newsroom: Newsroom, at_desk: SignedIn, number: str) -> None:
    desk = newsroom.desk
    form = {"name": desk.name, "zone": desk.zone, "approvals_required": number, "seen_version": desk.version}
    at_desk("adam").post(reverse("admin:claims_desk_change", args=[desk.pk]), form)
    assert Desk.objects.get(pk=desk.pk).approvals_required == 1


def test_raised_approvals_count_for_what_is_not_published_yet(newsroom: Newsroom, at_desk: SignedIn) -> None:
    desk = newsroom.desk
    verdict = newsroom.submitted()
    form = {
        "name": desk.name,
        "zone": "Europe/Warsaw",
        "approvals_required": "2",
        "seen_version": desk.version,
    }
    at_desk("adam").post(reverse("admin:claims_desk_change", args=[desk.pk]), form)
    assert last_event("change_desk").details == {
        "zone": ["Europe/Kyiv", "Europe/Warsaw"],
        "approvals_required": ["1", "2"],
    }
    assert newsroom.approved(verdict, by="anna").state == "in_review"
    verdict.refresh_from_db()
    assert newsroom.approved(verdict, by="remi").state == "approved"
    page = at_desk("adam").get(reverse("admin:claims_desk_history", args=[desk.pk])).content.decode()
    assert "changed the desk" in page


def test_a_desk_in_no_zone_is_refused(newsroom: Newsroom, at_desk: SignedIn) -> None:
    desk = newsroom.desk
    form = {"name": desk.name, "zone": "Moon/Base", "approvals_required": "1", "seen_version": desk.version}
    page = at_desk("adam").post(reverse("admin:claims_desk_change", args=[desk.pk]), form, follow=True)
    assert "write it like Europe/Kyiv" in page.content.decode()
    assert Desk.objects.get(pk=desk.pk).zone == "Europe/Kyiv"


def test_an_administrator_sees_and_ends_a_declaration(newsroom: Newsroom, at_desk: SignedIn) -> None:
    rita = newsroom.people["rita"]
    conflict = declare_conflict(person_id=rita.pk, topic="Ports", note="Family", actor=newsroom.actor("rita"))
    assert "Ports" in at_desk("adam").get(address(rita)).content.decode()
    form = {"conflict": conflict.pk, "reason": "No longer"}
    at_desk("adam").post(address(rita, "end_conflict"), form)
    assert ConflictOfInterest.objects.get().ended_at is not None


def test_a_person_page_needs_at_most_twelve_queries(
    newsroom: Newsroom, at_desk: SignedIn, django_assert_max_num_queries: object
) -> None:
    client = at_desk("adam")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(address(newsroom.people["rita"])).status_code == 200
