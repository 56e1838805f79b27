"""An administrator or a superuser takes no editorial step by that: page, form, bulk action, command, raw SQL."""

from __future__ import annotations

import pytest
from django.core.management import call_command, get_commands
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from claims.admin import desk
from claims.models import Approval, ClaimEvent, Membership, Person, Publication, PublishedRevision, Verdict
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom, fresh

#: What each command of the product writes. None of them decides on a verdict or publishes one.
COMMANDS = {
    "compile_translations": "catalogs",
    "evaluate": "figures",
    "export_everything": "a copy, outside",
    "gather_claims": "evidence as it was found",
    "import_everything": "into an empty installation, what people of another one decided",
    "import_factchecks": "checks by others, as claims that were already checked",
    "import_sources": "sources",
    "load_demonstration": "the demonstration desk's articles and claims",
    "prepare_installation": "tables and indexes",
    "reindex": "the search index",
    "reload_lexicon": "how the next text is read",
    "take_in_article": "an article",
    "train_suggestions": "a model of suggestions",
    "verify_history": "nothing",
}


def counted() -> tuple[int, int, int, int]:
    return (
        Approval.objects.count(),
        PublishedRevision.objects.count(),
        Publication.objects.count(),
        Verdict.objects.exclude(state__in=("draft", "submitted")).count(),
    )


def test_every_command_is_declared_and_none_is_editorial() -> None:
    own = {name for name, app in get_commands().items() if app == "claims"}
    assert own == set(COMMANDS), "Say what it writes; a verdict is decided on by people alone."


def test_a_superuser_made_by_command_gets_past_no_door(newsroom: Newsroom) -> None:
    call_command("createsuperuser", username="boss", email="", interactive=False, verbosity=0)
    verdict, client = newsroom.submitted(), Client()
    before = counted()
    client.force_login(Person.objects.get(username="boss"))
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get(verdict.claim.get_absolute_url()).status_code == 404
    form = {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}
    for verb in ("approve", "publish"):
        client.post(reverse("admin:claims_claim_step", args=[verdict.claim_id, verb]), form)
    assert counted() == before


@pytest.mark.parametrize("action", ["delete_selected", "approve", "publish", "__class__", "export", ""])
def test_no_bulk_action_of_any_list_decides_or_deletes(
    newsroom: Newsroom, at_desk: SignedIn, action: str
) -> None:
    Person.objects.filter(pk=newsroom.people["adam"].pk).update(is_superuser=True)
    newsroom.published()
    newsroom.submitted()
    before, events = counted(), ClaimEvent.objects.count()
    client = at_desk("adam")
    for model in desk._registry:
        rows = model._default_manager.count()
        address = reverse(f"admin:claims_{model._meta.model_name}_changelist")
        ids = list(model._default_manager.values_list("pk", flat=True)[:50])
        client.post(address, {"action": action, "_selected_action": ids, "post": "yes"})
        assert model._default_manager.count() == rows, model
    assert (counted(), ClaimEvent.objects.count()) == (before, events)


def test_an_administrator_who_gives_a_role_away_does_not_gain_it(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    adam = newsroom.people["adam"]
    for role in ("reviewer", "publisher"):
        form = {"username": adam.username, "roles": [f"{newsroom.desk.pk}:{role}"], "seen_version": 1}
        at_desk("adam").post(reverse("admin:claims_person_change", args=[adam.pk]), form)
    assert list(Membership.objects.filter(person=adam).values_list("role", flat=True)) == ["admin"]


@pytest.mark.parametrize("name", ["adam", "root"])
def test_raw_sql_in_the_name_of_an_admin_or_superuser_is_refused(newsroom: Newsroom, name: str) -> None:
    person = newsroom.people[name]
    Person.objects.filter(pk=person.pk).update(is_superuser=True)
    verdict = newsroom.submitted()
    refusal = pytest.raises(DatabaseError, match="by a reviewer or editor who did not write it")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_approval (verdict_id, approver_id, recorder_id, last_editor_id, decision,"
            " content_hash, comment, decided_at) VALUES (%s, %s, %s, %s, 'approved', %s, '', %s)",
            [
                verdict.pk,
                person.pk,
                verdict.recorder_id,
                verdict.last_editor_id,
                verdict.content_hash,
                verdict.submitted_at,
            ],
        )
    for state in ("approved", "published"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Verdict.objects.filter(pk=verdict.pk).update(state=state)
    assert fresh(verdict).state == "submitted"


def test_a_disabled_reviewer_approves_nothing_by_raw_sql(newsroom: Newsroom) -> None:
    verdict, remi = newsroom.submitted(), newsroom.people["remi"]
    Person.objects.filter(pk=remi.pk).update(is_active=False)
    row = Approval(
        verdict=verdict,
        approver=remi,
        recorder_id=verdict.recorder_id,
        last_editor_id=verdict.last_editor_id,
        decision="approved",
        content_hash=verdict.content_hash,
    )
    refusal = pytest.raises(DatabaseError, match="by a reviewer or editor who did not write it")
    with refusal, transaction.atomic():
        row.save(force_insert=True)


def test_desk_settings_stay_within_their_bounds_by_raw_sql(newsroom: Newsroom) -> None:
    for number in (0, 4):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE claims_desk SET approvals_required = %s", [number])
