"""Asking the claimant for comment: by which way, and what came of it."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    MESSAGE = "message"
    PRESS_OFFICE = "press_office"
    LETTER = "letter"
    IN_PERSON = "in_person"


class ContactOutcome(StrEnum):
    """``WAITING`` is what is logged when they are asked; what comes of it is logged as one more entry."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
