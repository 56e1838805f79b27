"""Every reason code with an English sentence, for the edges to translate.

Invariant: each code that a comparison, an origin or a match of claims can carry has one line here. Placeholders
are the names of a reason's details; the spans of a reason are shown as marks, not worded.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Why a passage has its stance.
STANCE_REASONS: Mapping[str, str] = {
    "figure_agrees": "The figures agree within what their words allow.",
    "figure_differs": "The same measure has another figure.",
    "no_comparable_figure": "The passage has no figure for what the claim measures.",
    "other_matter": "The passage is about another matter.",
    "part_of_the_matter": "The passage tells only a part of what the claim says.",
    "same_names_and_concepts": "The passage says the same with the same names and terms.",
    "same_head": "The passage names the same head.",
    "other_head": "The passage names another head of the same body.",
    "days_same": "The days agree.",
    "days_different": "The passage gives other days.",
    "days_partly": "The passage gives some of the days.",
    "negation": "One of the two denies what the other says.",
    "opposite": "The passage uses a word of the opposite meaning.",
}
#: Why two figures, or a claim and a passage, are not held against each other.
OBJECTIONS: Mapping[str, str] = {
    "other_day": "The passage is about another day (%(days)s).",
    "before_the_day": "The passage came out before the day of the claim (%(days)s).",
    "long_after": "The passage came out long after the day of the claim (%(days)s).",
    "other_time": "The passage came out at another time (%(days)s).",
    "other_round": "The passage is about another round, day or reading.",
    "other_place": "The passage is about another place.",
    "other_party": "The passage is about other persons or bodies.",
    "other_counted": "The figures count different things.",
    "other_measure": "The figures measure different things.",
    "plan_or_result": "One figure is planned or expected, the other is a result.",
    "level_or_change": "One figure is a level, the other a change.",
    "part_or_whole": "One figure is for a part, the other for the whole.",
}
#: Why figures that differ are not called a contradiction.
DOUBTS: Mapping[str, str] = {
    "round_not_claimed": "The passage speaks of one round or day, the claim of none.",
    "hour_not_claimed": "The figure of the passage is of a certain hour.",
    "deed_not_told": "The passage does not say the same was done.",
    "perhaps_other_group": "The figures may count different groups.",
    "counted_not_named": "The passage does not say what it counts.",
    "other_figure_agrees": "Another figure of the passage agrees and may be the one that is meant.",
}
#: What an earlier claim shares with a new one.
MATCH_REASONS: Mapping[str, str] = {
    "shared_name": "Both name %(words)s.",
    "shared_concept": "Both speak of %(words)s.",
    "shared_word": "Both say %(words)s.",
    "same_words_other_figure": "The same words with another figure: not the same claim.",
}
#: Why documents are of one origin.
ORIGIN_REASONS: Mapping[str, str] = {
    "own_report": "A report of its own by %(of)s.",
    "near_duplicate": "Nearly the same text as in %(of)s.",
    "credited": "Credits %(of)s.",
    "shared_quotation": "Carries the same quotation as %(of)s.",
}
REASONS: Mapping[str, str] = {**STANCE_REASONS, **OBJECTIONS, **DOUBTS, **MATCH_REASONS, **ORIGIN_REASONS}
