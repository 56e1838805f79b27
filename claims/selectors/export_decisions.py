"""What an export of everything holds: one decision for every model of the installation, with its reason.

Invariant: every model, join tables included, stands here either as exported or as left out; a test names one
that does not. Secrets and passing state are left out, and so is what is made anew from the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import BinaryField, Field, Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_SECRET = _("A secret; it stays where it was made.")
_SECRETS_OF_PEOPLE = _("A secret of a person: everybody gets new ones from an administrator.")
_PASSING = _("Passing state: it is of no use after some hours.")
_WORK = _("Passing state: work that is still open is asked for anew after the import.")
_TYPED = _("Unsaved words of one person, kept for them alone.")
_MADE_ANEW = _("Made anew from the rest.")
_GRANTS_NOTHING = _("It grants nothing here: roles at desks say who may do what.")
_TOLD_BETTER = _("The history tells it, chained and for good.")
_OWN_FILES = _("It names files of the old installation.")
_PRODUCT = _("Part of the product: every installation has its own.")


@dataclass(frozen=True, slots=True)
class Exported:
    """The rows go with it; ``without`` are columns that do not, each with the reason."""

    without: Mapping[str, str | Promise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeftOut:
    why: str | Promise


Decision = Exported | LeftOut

DECISIONS: dict[str, Decision] = {
    # --- People and desks -----------------------------------------------------------------------------
    "claims.Person": Exported({"password": _SECRETS_OF_PEOPLE}),
    "claims.Desk": Exported(),
    "claims.Membership": Exported(),
    "claims.ConflictOfInterest": Exported(),
    "claims.SavedFilter": Exported(),
    "claims.Follow": Exported(),
    "claims.Notice": Exported(),
    "claims.Preference": Exported(),
    "claims.Person_groups": LeftOut(_GRANTS_NOTHING),
    "claims.Person_user_permissions": LeftOut(_GRANTS_NOTHING),
    "claims.RecoveryCode": LeftOut(_SECRETS_OF_PEOPLE),
    "claims.ApiToken": LeftOut(_SECRETS_OF_PEOPLE),
    "otp_totp.TOTPDevice": LeftOut(_SECRETS_OF_PEOPLE),
    "claims.Authenticator": LeftOut(_SECRETS_OF_PEOPLE),
    # --- Articles and claims --------------------------------------------------------------------------
    "claims.Outlet": Exported(),
    "claims.Article": Exported(),
    "claims.ArticleVersion": Exported(),
    "claims.ArticlePassage": LeftOut(_MADE_ANEW),
    "claims.ArticlePassageReading": LeftOut(_MADE_ANEW),
    "claims.ArticleWatch": Exported(),
    "claims.Update": Exported(),
    "claims.Topic": Exported(),
    "claims.Claimant": Exported(),
    "claims.Claim": Exported(),
    "claims.Claim_topics": Exported(),
    "claims.Appearance": Exported(),
    "claims.Repeat": Exported(),
    "claims.Comment": Exported(),
    "claims.Comment_mentioned": Exported(),
    # --- Sources and evidence -------------------------------------------------------------------------
    "claims.Source": Exported(),
    "claims.Document": Exported(),
    "claims.DocumentCapture": Exported(),
    "claims.DocumentWatch": Exported(),
    "claims.Passage": Exported({"indexed_version": _MADE_ANEW}),
    "claims.PassageTranslation": Exported(),
    "claims.Evidence": Exported(),
    "claims.EvidenceDecision": Exported(),
    "claims.PassageReading": LeftOut(_MADE_ANEW),
    "claims.DocumentReading": LeftOut(_MADE_ANEW),
    # --- Verdicts and what is public ------------------------------------------------------------------
    "claims.RatingScale": Exported(),
    "claims.Rating": Exported(),
    "claims.Verdict": Exported(),
    "claims.Verdict_co_authors": Exported(),
    "claims.Citation": Exported(),
    "claims.Approval": Exported(),
    "claims.BlindLabel": Exported(),
    "claims.Publication": Exported(),
    "claims.PublishedRevision": Exported(),
    "claims.PublicationRating": Exported(),
    "claims.CorrectionRequest": Exported(),
    "claims.Dossier": Exported(),
    "claims.SitePageVersion": Exported(),
    "claims.KeptDraft": LeftOut(_TYPED),
    # --- Who is told ----------------------------------------------------------------------------------
    "claims.PublicEvent": Exported(),
    "claims.Subscription": Exported(
        {
            "salt": _SECRET,
            "former_salt": _SECRET,
            "former_until": _SECRET,
            "active": _("Without its secret a subscription is disabled until somebody enables it."),
            "disabled_because": _("The import says why instead."),
            "failing_since": _PASSING,
        }
    ),
    "claims.Delivery": Exported(),
    # --- What came in, and the history ----------------------------------------------------------------
    "claims.Import": Exported(),
    "claims.ImportPart": Exported(),
    "claims.ImportProblem": Exported(),
    "claims.OutsideCheck": Exported(),
    "claims.ClaimEvent": Exported(),
    "claims.HistoryHead": Exported(),
    # --- Passing state and what is Django's own -------------------------------------------------------
    "claims.Job": LeftOut(_WORK),
    "claims.IdempotencyKey": LeftOut(_PASSING),
    "claims.RequestCount": LeftOut(_PASSING),
    "claims.Export": LeftOut(_OWN_FILES),
    "sessions.Session": LeftOut(_PASSING),
    "axes.AccessAttempt": LeftOut(_PASSING),
    "axes.AccessAttemptExpiration": LeftOut(_PASSING),
    "axes.AccessFailureLog": LeftOut(_PASSING),
    "axes.AccessLog": LeftOut(_PASSING),
    "admin.LogEntry": LeftOut(_TOLD_BETTER),
    "auth.Group": LeftOut(_GRANTS_NOTHING),
    "auth.Group_permissions": LeftOut(_GRANTS_NOTHING),
    "auth.Permission": LeftOut(_PRODUCT),
    "contenttypes.ContentType": LeftOut(_PRODUCT),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model stands in an export: its columns in order, those in files of their own, those left out."""

    model: type[Model]
    columns: tuple[Field, ...]  # type: ignore[type-arg]
    captures: tuple[Field, ...]  # type: ignore[type-arg]
    without: Mapping[str, str | Promise]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def key(self) -> str:
        """Return the column that names a row."""
        assert self.model._meta.pk is not None
        return self.model._meta.pk.attname


def shapes() -> list[Shape]:
    """Return the exported models in the order in which they are declared, people first."""
    found = []
    for label, decision in DECISIONS.items():
        if isinstance(decision, LeftOut):
            continue
        model = apps.get_model(label)
        kept = [one for one in model._meta.concrete_fields if one.attname not in decision.without]
        found.append(
            Shape(
                model,
                tuple(one for one in kept if not isinstance(one, BinaryField)),
                tuple(one for one in kept if isinstance(one, BinaryField)),
                decision.without,
            )
        )
    return found


def spoken_name(name: str) -> str:
    """Return what people call a model or column (``app.Model`` or ``app.Model.column``) in the language at hand.

    What nobody ever sees by a name of its own, such as a join table, keeps the one in the code.
    """
    app, model_name, *column = name.split(".")
    options = apps.get_model(app, model_name)._meta
    if options.auto_created or "verbose_name" not in options.original_attrs:
        return name
    told = capfirst(str(options.verbose_name_plural))
    if not column:
        return told
    found = next(one for one in options.concrete_fields if one.attname == column[0])
    has_name = found.verbose_name != found.name.replace("_", " ")
    return f"{told}: {found.verbose_name}" if has_name else f"{told} ({column[0]})"


def left_out() -> dict[str, str]:
    """Return what an export lacks, ``app.Model`` or ``app.Model.column``, each with the reason."""
    told: dict[str, str] = {}
    for label, decision in DECISIONS.items():
        if isinstance(decision, LeftOut):
            told[label] = str(decision.why)
        else:
            told |= {f"{label}.{column}": str(why) for column, why in decision.without.items()}
    return told
