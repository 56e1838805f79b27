"""Nouns: fields, constraints, indexes; no decisions. Rules decide, actions write."""

from claims.models.articles import Article, ArticlePassage, ArticleVersion, LanguageChoice, Outlet, Update
from claims.models.authenticators import Authenticator
from claims.models.claims import Appearance, Claim, Claimant
from claims.models.correction_requests import CorrectionRequest
from claims.models.dossiers import Dossier
from claims.models.evidence import Document, Evidence, EvidenceDecision, Passage, Source, StanceChoice
from claims.models.exports import Export
from claims.models.history import ClaimEvent, HistoryHead
from claims.models.imports import Import, ImportPart, ImportProblem, OutsideCheck
from claims.models.jobs import Job
from claims.models.notices import Comment, Follow, Notice, Preference
from claims.models.people import ConflictOfInterest, Desk, Membership, Person, RecoveryCode, RoleChoice
from claims.models.publications import Publication, PublicationRating, PublishedRevision
from claims.models.queue import SavedFilter
from claims.models.quoted import WordsChoice
from claims.models.readings import ArticlePassageReading, DocumentReading, PassageReading
from claims.models.repeats import Repeat
from claims.models.site_pages import SitePageVersion
from claims.models.subscriptions import Delivery, EventChoice, PublicEvent, Subscription
from claims.models.tokens import ApiToken, IdempotencyKey, RequestCount, ScopeChoice
from claims.models.topics import Topic
from claims.models.translations import PassageTranslation
from claims.models.verdicts import (
    Approval,
    BlindLabel,
    Citation,
    KeptDraft,
    Rating,
    RatingScale,
    Verdict,
)
from claims.models.watches import ArticleWatch, DocumentCapture, DocumentWatch

__all__ = [
    "ApiToken",
    "Appearance",
    "Approval",
    "Article",
    "ArticlePassage",
    "ArticlePassageReading",
    "ArticleVersion",
    "ArticleWatch",
    "Authenticator",
    "BlindLabel",
    "Citation",
    "Claim",
    "ClaimEvent",
    "Claimant",
    "Comment",
    "ConflictOfInterest",
    "CorrectionRequest",
    "Delivery",
    "Desk",
    "Document",
    "DocumentCapture",
    "DocumentReading",
    "DocumentWatch",
    "Dossier",
    "EventChoice",
    "Evidence",
    "EvidenceDecision",
    "Export",
    "Follow",
    "HistoryHead",
    "IdempotencyKey",
    "Import",
    "ImportPart",
    "ImportProblem",
    "Job",
    "KeptDraft",
    "LanguageChoice",
    "Membership",
    "Notice",
    "Outlet",
    "OutsideCheck",
    "Passage",
    "PassageReading",
    "PassageTranslation",
    "Person",
    "Preference",
    "PublicEvent",
    "Publication",
    "PublicationRating",
    "PublishedRevision",
    "Rating",
    "RatingScale",
    "RecoveryCode",
    "Repeat",
    "RequestCount",
    "RoleChoice",
    "SavedFilter",
    "ScopeChoice",
    "SitePageVersion",
    "Source",
    "StanceChoice",
    "Subscription",
    "Topic",
    "Update",
    "Verdict",
    "WordsChoice",
]
