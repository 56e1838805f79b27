"""Help by role, and the tour of the first day: short, true, each step with where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Preference, RoleChoice
from claims.rules.permissions import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence or two; ``route`` is the page where it is done, "" where it is part of another page."""

    words: Promise
    route: str = ""
    link: Promise | str = ""


@dataclass(frozen=True, slots=True)
class HelpPage:
    name: Promise | str
    lead: Promise
    steps: tuple[Step, ...]


_DESK = "admin:claims_claim_changelist"

#: What each role does here. What a role may not do is said by the refusal itself, where it is tried.
ROLES: dict[str, HelpPage] = {
    "journalist": HelpPage(
        RoleChoice.JOURNALIST.label,
        _("You read what others publish, log what can be checked, and watch what becomes of it."),
        (
            Step(
                _(
                    "Take in an article or a live blog by its address, as a saved page, or as pasted text. A live "
                    "blog is cut into its updates, each with its time."
                ),
                "article_take_in",
                _("Take in an article"),
            ),
            Step(
                _(
                    "In the reading room select the words and press L, or press J until the sentence is selected. "
                    "Part of a sentence is enough."
                ),
                "article_list",
                _("Articles"),
            ),
            Step(
                _(
                    "The form is filled in from the text. Correct what it guessed: who said it, when, and what "
                    "kind of claim it is. Ctrl and Enter send it."
                )
            ),
            Step(
                _(
                    "Evidence is gathered from the sources while you read on. It is a suggestion: a reviewer "
                    "accepts or rejects each piece."
                ),
                "claim_list",
                _("Claims"),
            ),
            Step(
                _(
                    "Follow a claim or a live blog and you are told when something happens to it. Ask a colleague "
                    "with @ and their sign-in name."
                ),
                "notice_list",
                _("Notices"),
            ),
            Step(
                _("Log words from any page of your browser with the bookmarklet."),
                "help_bookmarklet",
                _("Bookmarklet"),
            ),
        ),
    ),
    "editor": HelpPage(
        RoleChoice.EDITOR.label,
        _("You decide what is checked first and by whom, and you may decide on verdicts that others wrote."),
        (
            Step(
                _("Set priority, risk and deadline in the queue. A claim with a risk needs two approvals."),
                _DESK,
                _("Review desk"),
            ),
            Step(
                _(
                    "Hand a claim to another reviewer, dismiss what cannot be checked, and link what was "
                    "checked before."
                )
            ),
            Step(
                _("Merge a claim into another when both say the same. A merge can be taken back."),
                "claim_list",
                _("Claims"),
            ),
            Step(
                _(
                    "Approve a verdict or ask for changes. You cannot decide on what you wrote yourself, and the "
                    "database refuses it too."
                )
            ),
            Step(
                _("Answer readers who ask for a correction."),
                "correction_request_list",
                _("Requests for corrections"),
            ),
        ),
    ),
    "reviewer": HelpPage(
        RoleChoice.REVIEWER.label,
        _("You weigh the evidence, write the verdict, and decide on the verdicts of others."),
        (
            Step(
                _("Press N in the queue to take the next claim. It is yours for a time; others see that."),
                _DESK,
                _("Review desk"),
            ),
            Step(
                _(
                    "Go through the evidence with J and K, accept with A, reject with R, open the capture with C."
                )
            ),
            Step(
                _(
                    "Write the verdict: rating, summary, justification, what is uncertain, what it cites. The list "
                    "beside it says what is still missing."
                )
            ),
            Step(_("Submit it. From then on its words are frozen, and somebody else decides.")),
            Step(
                _(
                    "Some desks rate blind: you give your own rating before you see the one that was recorded. A "
                    "disagreement opens a discussion."
                )
            ),
            Step(_("What came back to you stands on your day, with the reason."), "home", _("My day")),
        ),
    ),
    "publisher": HelpPage(
        RoleChoice.PUBLISHER.label,
        _("You make approved verdicts public, and you correct and retract them in public."),
        (
            Step(
                _("Look at the preview, then publish, or set a moment for an embargo to end."),
                _DESK,
                _("Review desk"),
            ),
            Step(
                _(
                    "Page, feeds, markup and webhooks change together. Nothing public is ever changed in silence."
                )
            ),
            Step(
                _(
                    "A mistake: begin a correction. The page says so until the next revision replaces it. The note "
                    "tells readers what was wrong."
                ),
                "corrections",
                _("Corrections"),
            ),
            Step(_("A retraction leaves a page that says why.")),
            Step(
                _("Answer readers who ask for a correction before the day that they were promised."),
                "correction_request_list",
                _("Requests for corrections"),
            ),
        ),
    ),
    "auditor": HelpPage(
        RoleChoice.AUDITOR.label,
        _("You look at how the newsroom worked; you change nothing."),
        (
            Step(
                _("The history tells who did what and when. Each entry carries the hash of the one before."),
                "admin:claims_claimevent_changelist",
                _("History"),
            ),
            Step(
                _(
                    "A dossier holds everything that led to a verdict, signed. It can be checked without this "
                    "installation."
                )
            ),
            Step(
                _("The measures show how long things wait, and how often second readers agreed."),
                "admin:claims_measures",
                _("Measures"),
            ),
        ),
    ),
    "administrator": HelpPage(
        RoleChoice.ADMIN.label,
        _("You look after people, desks and connections. You take no editorial step."),
        (
            Step(
                _("Add people and give them roles at desks. Nobody gives themselves a role."),
                "admin:claims_person_changelist",
                _("People"),
            ),
            Step(
                _(
                    "A desk has its time zone, its number of approvals, and may rate blind or ask for a second "
                    "factor."
                ),
                "admin:claims_desk_changelist",
                _("Desks"),
            ),
            Step(
                _("Sources are feeds that are polled. A source that fails says why."),
                "admin:claims_source_changelist",
                _("Sources"),
            ),
            Step(
                _("Long work shows how far it is. What was given up says why, and can be asked for again."),
                "work",
                _("Work under way"),
            ),
        ),
    ),
}

#: The tour of the first day, on the page of one's own day.
TOUR: tuple[Step, ...] = (
    Step(
        _(
            "This is your day. What you are told, what came back and what waits for you stand on the left; on the "
            "right what the desk reads."
        ),
    ),
    Step(
        _(
            "Open the demonstration article. Its updates stand on a time rail; dotted words are worth checking."
        ),
        "article_list",
        _("Articles"),
    ),
    Step(
        _(
            "Select words there and press L, or J and then L. The form is filled in; Ctrl and Enter log the claim."
        ),
        "article_list",
        _("Articles"),
    ),
    Step(
        _(
            "On the page of a claim watch the evidence come in: what supports it, what contradicts it, and how far "
            "the sources are apart."
        ),
        "claim_list",
        _("Claims"),
    ),
    Step(
        _(
            "Follow a claim, or ask a colleague about it. The bell at the top tells you when there is an answer."
        ),
        "notice_list",
        _("Notices"),
    ),
    Step(_("Press ? on any page for its keys. What your role does stands under Help."), "help", _("Help")),
)


def roles_of(actor: Actor) -> list[str]:
    """Return the names of the help pages that the actor's roles have, in the order of the work."""
    held = {role.value for roles in actor.roles.values() for role in roles}
    names = {"administrator": "admin"}
    return [name for name in ROLES if names.get(name, name) in held]


@dataclass(frozen=True, slots=True)
class Tour:
    """Where a person's tour stands; ``number`` counts from 1."""

    number: int
    step: Step

    @property
    def all(self) -> int:
        return len(TOUR)


def tour_of(actor: Actor) -> Tour | None:
    """Return the actor's tour; None where they have put it away. One query."""
    kept = (
        Preference.objects.filter(person_id=actor.person_id or 0).values_list("tour_step", flat=True).first()
    )
    number = 1 if kept is None else kept
    return Tour(number, TOUR[number - 1]) if 0 < number <= len(TOUR) else None
