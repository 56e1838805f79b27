"""How much one content word says about what a text is about.

“Medinsky” and “prisoner exchange” say much, “day”, “person” and “said” little. The weights are static, by
kind of name and by topic of the lexicon, so that a comparison depends on its two texts alone; what is
frequent in the newsroom's own sources is weighed by the engines' BM25.
"""

from __future__ import annotations

from claims.language.readings import NameKind

_NAME_WEIGHTS: dict[NameKind, float] = {"person": 1.6, "org": 1.3, "place": 1.2, "unknown": 1.4}
_TOPIC_WEIGHTS = {"time-and-measure": 0.15, "statements": 0.45, "change": 0.7}
_ORDINARY = 1.0
_LOW = 0.25

#: Concepts that stand in news of any matter: they link hardly anything.
COMMON_CONCEPTS = frozenset(
    """say declare report-speech claim add-speech call-name point-indicate show write post-online want
    know intend decide person-people official-person authorities representative side-party
    member country state-public city place-venue region north south east west event situation
    happen hold-event stage-phase issue-question topic problem result-outcome effect-result new
    old next-following previous current last-final past future again first-ordinal
    second-ordinal third-ordinal other different similar big-large small main-key important
    possible necessary joint separate additional common-shared use give-provide receive bring
    include exclude add-include reach-level consist stay-remain-in move-shift begin end continue
    remain war source-of-information according-sources group number-count amount-sum
    level-degree already still-yet single-only detail work-activity real-actual certain clear
    obvious example capable local national international foreign domestic prepare make create
    framework system process structure approach factor function object-facility person leader
    composition""".split()
)
#: Words for persons in general; any group of persons may be called one of them.
PERSON_CONCEPTS = frozenset(
    """person-people official-person representative member participant resident civilian-person
    people-nation citizen individual-person population victim-crime casualties""".split()
)
#: Groups of persons with a name of their own: each is a kind of person, and none is another.
GROUPS_OF_PERSONS = frozenset(
    """soldier military officer general-rank policeman police doctor nurse medical-worker patient
    teacher student pupil journalist worker employer manager miner engineer driver passenger
    pilot sailor-crew firefighter rescuer child baby teenager youth boy girl man-male woman-female
    pensioner veteran volunteer activist protester migrant refugee displaced-person
    asylum-seeker prisoner prisoner-of-war hostage defendant suspect witness judge prosecutor
    lawyer member-of-parliament senator minister mayor governor candidate voter sociologist
    observer negotiator diplomat expert envoy ambassador interpreter bodyguard mercenary
    militant reservist spy scientist athlete artist entrepreneur customer tourist guest
    body-corpse captain-rank sergeant border-guard emergency-service servicepeople-women
    contract-soldier personnel-military aide criminal-person murderer shooter""".split()
)
#: Persons and bodies that do many things on one day.
BODIES = GROUPS_OF_PERSONS | PERSON_CONCEPTS | frozenset("delegation team group government party".split())
#: What people hold with one another: each has its own time and place.
MEETINGS = frozenset(
    """talks meeting consultation conversation dialogue sitting summit conference round peace-talks
    talks-day press-conference interview hearing lunch-dinner ceremony visit""".split()
)
#: What befell persons: “18 dead” counts persons as “18 people” does.
FATES = frozenset(
    """kill injure fall-ill infection measles disease incidence death-die death-count casualties detain arrest
    missing-person rescue save-rescue""".split()
)
#: Words that only carry a figure: units, bounds, number words. They are part of the figure itself.
FIGURE_TOPICS = frozenset({"time-and-measure"})


def name_weight(kind: NameKind) -> float:
    return _NAME_WEIGHTS[kind]


def concept_weight(concept: str, topic: str) -> float:
    if concept in COMMON_CONCEPTS:
        return min(_LOW, _TOPIC_WEIGHTS.get(topic, _ORDINARY))
    return _TOPIC_WEIGHTS.get(topic, _ORDINARY)
