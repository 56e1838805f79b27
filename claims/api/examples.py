"""One whole body for each shape that callers send, and for what the public part answers: one story throughout.

Invariant: each is valid by the schema of its shape, and every body that can be sent has one; a test holds them so.
"""

from __future__ import annotations

from typing import Any

_SITE = "https://check.example.org"
_RATING = {
    "key": "false",
    "label": "False",
    "labels": {"en": "False", "uk": "Неправда", "ru": "Неправда"},
    "value": 1,
    "worst": 1,
    "best": 5,
    "scale": "default",
    "scale_version": 1,
}
_CHECK = {
    "id": 17,
    "claim_id": 41,
    "language": "en",
    "state": "live",
    "url": f"{_SITE}/checks/17/how-many-ferries-ran/",
    "title": "How many ferries ran on Sunday?",
    "claim_reviewed": "All nine ferries ran on Sunday.",
    "claimant": "River Transport Office",
    "rating": _RATING,
    "revision": 1,
    "first_published_at": "2026-03-04T12:30:00Z",
    "modified_at": "2026-03-04T12:30:00Z",
    "event_at": "2026-03-04T12:30:00Z",
    "retraction_note": "",
    "version": 2,
}
_REVIEW = {
    "publisher": {"name": "Factcheck newsroom", "site": "check.example.org"},
    "url": _CHECK["url"],
    "title": _CHECK["title"],
    "reviewDate": "2026-03-04T12:30:00Z",
    "textualRating": "False",
    "languageCode": "en",
}
_MARKUP = {
    "url": _CHECK["url"],
    "claimReviewed": _CHECK["claim_reviewed"],
    "claimDate": "2026-03-02T00:00:00Z",
    "claimFirstAppearance": "https://news.example.org/ferries",
    "claimAuthor": {"name": "River Transport Office"},
    "rating": {
        "textualRating": "False",
        "ratingExplanation": "The timetable and two skippers agree on six.",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 5,
    },
}

#: What is sent, by the name of its shape.
SENT: dict[str, dict[str, Any]] = {
    "ArticleSent": {"desk_id": 3, "url": "https://news.example.org/ferries", "outlet": "Riverside News"},
    "ClaimSent": {
        "desk_id": 3,
        "text": "All nine ferries ran on Sunday, the office said.",
        "summary": "All nine ferries ran on Sunday.",
        "language": "en",
        "kind": "count",
        "claimant": "River Transport Office",
        "claimant_kind": "Organization",
        "made_on": "2026-03-02",
        "url": "https://news.example.org/ferries",
    },
    "ClaimEdit": {"summary": "All nine ferries ran on Sunday.", "kind": "count"},
    "DocumentSent": {
        "desk_id": 3,
        "title": "Timetable of the river ferries, first week of March",
        "text": "Sunday: ferries 1, 2, 4, 5, 7 and 9 run. Ferries 3, 6 and 8 are in the yard.",
        "outlet": "Port library",
        "published_on": "2026-02-27",
    },
    "FeedSent": {"desk_id": 3, "feed_url": "https://wire.example.org/feed.xml", "outlet": "River Wire"},
    "DecisionSent": {"decision": "accept", "stance": "contradicts"},
    "VerdictStart": {"language": "en"},
    "VerdictSent": {
        "rating_id": 5,
        "claim_reviewed": "All nine ferries ran on Sunday.",
        "title": "How many ferries ran on Sunday?",
        "summary": "The timetable and two skippers agree on six.",
        "justification": "The timetable of the week names six ferries for Sunday and says that three are in "
        "the yard. Two skippers, asked apart from each other, named the same six. The office sent no list of its "
        "own by the evening on which this check was published.",
        "citations": [101, 104, 107],
    },
    "ApprovalSent": {
        "content_hash": "3f0a" * 16,
        "comment": "I read the timetable; six it is.",
    },
    "CommentSent": {"comment": "Name the page of the timetable."},
    "ReasonSent": {"reason": "The office has promised its list for tomorrow."},
    "ScheduleSent": {"publish_at": "2026-03-04T12:30:00Z"},
    "WhySent": {"reason": "The office has sent a list of seven."},
    "RetractionSent": {"note": "The timetable that we relied on was of another year."},
    "SimilarAsked": {"text": "Nine ferries ran on Sunday.", "language": "en"},
}
#: What the public part answers, by the name of its shape.
ANSWERED: dict[str, dict[str, Any]] = {
    "CheckList": {"publications": [_CHECK], "next_cursor": None},
    "SearchAnswer": {"publications": [_CHECK]},
    "SimilarAnswer": {
        "similar": [
            {
                "kinship": "same",
                "share": 0.82,
                "reasons": [
                    {
                        "code": "shared_figure",
                        "sentence": "Both say 9 ferries.",
                        "in_text": [0, 12],
                        "in_claim": [4, 16],
                    }
                ],
                "check": _CHECK,
            }
        ]
    },
    "ClaimSearchAnswer": {
        "claims": [
            {
                "text": _CHECK["claim_reviewed"],
                "claimant": "River Transport Office",
                "claimDate": "2026-03-02T00:00:00Z",
                "claimReview": [_REVIEW],
            }
        ]
    },
    "MarkupPageList": {
        "claimReviewMarkupPages": [
            {
                "name": "pages/17",
                "pageUrl": _CHECK["url"],
                "publishDate": "2026-03-04T12:30:00Z",
                "claimReviewAuthor": {"name": "Factcheck newsroom"},
                "claimReviewMarkups": [_MARKUP],
                "versionId": "1",
            }
        ]
    },
}
