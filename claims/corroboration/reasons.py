"""Every reason code with an English sentence, which the edges translate.

Invariant: each code that a comparison, an origin or a match of claims can carry has one line. Placeholders
are the names of a reason's details; the spans of a reason are shown as marks, not worded.
"""

from __future__ import annotations

from collections.abc import Mapping


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the collectors of translations, which know this name; the edges translate it."""
    return sentence


#: Why a passage has its stance.
STANCE_REASONS: Mapping[str, str] = {
    "figure_agrees": gettext_noop("The figures agree within what their words allow."),
    "figure_differs": gettext_noop("The same measure has another figure."),
    "no_comparable_figure": gettext_noop("The passage has no figure for what the claim measures."),
    "other_matter": gettext_noop("The passage is about another matter."),
    "part_of_the_matter": gettext_noop("The passage tells only a part of what the claim says."),
    "same_names_and_concepts": gettext_noop("The passage says the same with the same names and terms."),
    "same_head": gettext_noop("The passage names the same head."),
    "other_head": gettext_noop("The passage names another head of the same body."),
    "days_same": gettext_noop("The days agree."),
    "days_different": gettext_noop("The passage gives other days."),
    "days_partly": gettext_noop("The passage gives some of the days."),
    "days_not_told": gettext_noop("The passage does not say on which days."),
    "phase_over": gettext_noop("The passage tells that it ended, or how long it lasted."),
    "phase_going_on": gettext_noop("The passage tells that it is still going on."),
    "phase_not_told": gettext_noop("The passage does not say that it is over."),
    "negation": gettext_noop("One of the two denies what the other says."),
    "opposite": gettext_noop("The passage uses a word of the opposite meaning."),
}
#: Why two figures, or a claim and a passage, are not held against each other.
OBJECTIONS: Mapping[str, str] = {
    "other_day": gettext_noop("The passage is about another day (%(days)s)."),
    "before_the_day": gettext_noop("The passage came out before the day of the claim (%(days)s)."),
    "long_after": gettext_noop("The passage came out long after the day of the claim (%(days)s)."),
    "other_time": gettext_noop("The passage came out at another time (%(days)s)."),
    "other_round": gettext_noop("The passage is about another round, day or reading."),
    "other_place": gettext_noop("The passage is about another place."),
    "afterwards": gettext_noop("The passage is about something that was held afterwards."),
    "held_apart": gettext_noop("The passage is about a separate meeting."),
    "other_party": gettext_noop("The passage is about other persons or bodies."),
    "other_counted": gettext_noop("The figures count different things."),
    "other_measure": gettext_noop("The figures measure different things."),
    "plan_or_result": gettext_noop("One figure is planned or expected, the other is a result."),
    "level_or_change": gettext_noop("One figure is a level, the other a change."),
    "bound_says_little": gettext_noop("The bound that the passage gives says little about the figure."),
    "part_or_whole": gettext_noop("One figure is for a part, the other for the whole."),
}
#: Why figures that differ are not called a contradiction.
DOUBTS: Mapping[str, str] = {
    "round_not_claimed": gettext_noop("The passage speaks of one round or day, the claim of none."),
    "day_not_claimed": gettext_noop("The figure of the passage is of another day than the claim's context."),
    "hour_not_claimed": gettext_noop("The figure of the passage is of a certain hour."),
    "deed_not_told": gettext_noop("The passage does not say the same was done."),
    "perhaps_other_group": gettext_noop("The figures may count different groups."),
    "counted_not_named": gettext_noop("The passage does not say what it counts."),
    "other_figure_agrees": gettext_noop(
        "Another figure of the passage agrees and may be the one that is meant."
    ),
}
#: What a claim that leaves it open took from the article that it was logged from.
CONTEXT_REASONS: Mapping[str, str] = {
    "event_from_article": gettext_noop(
        "Which event is meant was taken from the claim's article (%(names)s)."
    ),
    "day_from_article": gettext_noop("The day was taken from the claim's article (%(days)s)."),
}
#: What an earlier claim shares with a new one.
MATCH_REASONS: Mapping[str, str] = {
    "shared_name": gettext_noop("Both name %(words)s."),
    "shared_concept": gettext_noop("Both speak of %(words)s."),
    "shared_word": gettext_noop("Both say %(words)s."),
    "same_words_other_figure": gettext_noop("The same words with another figure: not the same claim."),
}
#: Why documents are of one origin.
ORIGIN_REASONS: Mapping[str, str] = {
    "own_report": gettext_noop("A report of its own by %(of)s."),
    "near_duplicate": gettext_noop("Nearly the same text as in %(of)s."),
    "credited": gettext_noop("Credits %(of)s."),
    "shared_quotation": gettext_noop("Carries the same quotation as %(of)s."),
}
REASONS: Mapping[str, str] = {
    **STANCE_REASONS,
    **OBJECTIONS,
    **DOUBTS,
    **CONTEXT_REASONS,
    **MATCH_REASONS,
    **ORIGIN_REASONS,
}
