"""Concepts that news uses for one another, and concepts that measure different things.

The lexicon keeps meanings apart; a report of one event does not: it “shoots down” where another “destroys”,
“confers” where another “negotiates”. Kin may stand for one another. Rivals are the opposite: where one text
counts the killed and the other the injured, the two figures cannot be held against each other.
"""

from __future__ import annotations

from functools import cache

_KIN = """
talks meeting consultation conversation dialogue sitting summit
talks conference round peace-talks negotiator contact talks-day
talks-day talks consultation
kill death-die casualties death-count murder civilian-deaths
kill killed-in-shelling fallen-soldier losses-military mortality
injure casualties bodily-harm
attack strike-military shelling airstrike missile-strike drone-attack massive-attack
attack bombing hit-target night-attack explosion launch-missile
destroy intercept
air-defence air-force air-defence-forces ukrainian-armed-forces defence-forces-south air-defence-system
soldier military servicepeople-women armed-forces army troops personnel-military contract-soldier officer
prisoner-of-war take-prisoner prisoner-exchange release-captive prisoner exchange thousand-for-thousand
return release-captive return-home repatriation bring
drone kamikaze-drone shahed fpv-drone quadcopter drone-attack drone-swarm loitering-munition
missile rocket cruise-missile ballistic-missile missile-strike
rescuer emergency-service firefighter
power-outage rolling-blackouts electricity power-supply switch-off street-lighting
power-grid energy-infrastructure energy
energy-deficit shortage budget-deficit generating-capacity
heating heating-season boiler-house
repair restore rebuild restoration-work recover
house-home building apartment-building private-house housing apartment
inflation consumer-prices price-increase price
price-decrease cheap decrease
price-increase expensive increase
decrease lower-level plunge slow-down narrow-contract halve
increase raise-level surge expand double triple
arrival visit enter
begin open-launch
end close-shut disperse complete-whole stop-ceasing
close-shut stop-halt switch-off interrupt
justify acquit
bill-signed sign-document
election-law election law
vote vote-for vote-in-parliament pass-law support-speech approve adopt-decision election vote-count
vote-against oppose object
draft-law law pass-law adopt-decision bill-signed amendment decide decree
member-of-parliament senator parliament faction
absence appear avoid
hand-over give-provide receive send supplier delivery-service weapon-shipment bring
promise funding assistance give-provide economic-aid military-aid aid-package hand-over
tranche loan funding grant-money payment
imf world-bank
brigade battalion regiment
armoured-vehicle apc ifv military-equipment
warplane fighter-jet aircraft f16
ship cargo-ship
customer consumption user resident subscriber
person-people resident citizen civilian-person population people-nation
evacuation displacement flee rescue-operation save-rescue take-away
detain arrest custody
sentence convict verdict prison-term punishment
fall-ill infection new-cases incidence disease patient outbreak measles
vaccination vaccine vaccine-dose injection
fire-blaze burn-injury wildfire
flood flash-flood
accident road-accident train-crash plane-crash
earthquake aftershock
refugee migrant displaced-person asylum-seeker
unemployment unemployment-benefit job-seeker
wage average-wage pay-rise
budget expenditure public-funds state-budget-approval
seats-in-parliament mandate-powers parliament win
win receive
turnout polling-station voter
protest rally march-protest picket
delegation group team composition participant
head-lead leader chair head-of-delegation chief-of-staff-office director commander
stumbling-block main-key difficult problem
deadlock stop-halt difficult
territory territorial-issue territorial-claims
difficult difficult-talks tension crisis intense serious-grave
energy-truce ceasefire energy-infrastructure
humanitarian humanitarian-track humanitarian-aid
leaders-call summit presidential leader president
say declare report-speech claim remark tell-details emphasise add-speech write explain confirm
agree approve accept agreement
treaty-text agreement contract-legal memorandum
sanctions sanctions-package impose-sanctions restriction
postpone extend-time be-late
last-duration duration extend-time spend-time hold-event
oil-crude oil-price oil-product
grain-export export
import energy-import
nuclear-power-plant power-plant reactor
mortgage loan
bank central-bank
interest-rate monetary-policy
worker employer
police police-raid law-enforcement
school education
hospital hospitalisation healthcare
bridge
rain
temperature degree-temperature warm-weather
train railway
plan agenda schedule
add-include discuss
settlement-populated village city
village settlement-populated
work-activity military-operation
"""

_RIVALS = """
kill|injure|missing-person|fall-ill|vaccination|take-prisoner|evacuation|save-rescue|award
kill|injure|detain|release-captive
launch-missile|intercept
export|import|production|consumption
heating|power-outage|water-supply|gas-supply|water-outage
income|expenditure|debt|profit
hire|layoff
birth|death-count
vote-for|vote-against|abstain|absence
turnout|approval-rating|vote|votes-counted
witness|defendant|judge|prosecutor|victim-crime
man-male|woman-female|child
soldier|civilian-person|child|journalist
tank|fighter-jet|drone|missile|armoured-vehicle|ship|artillery|warship
body-corpse|prisoner-of-war|hostage|child
train|bus|truck|ship|aircraft|passenger
house-home|car-vehicle|school|hospital|bridge
talks|press-conference|flight|lunch-dinner|interview
meeting|flight|queue
delegation|journalist|observer
gdp|inflation|unemployment|wage|interest-rate|exchange-rate
wage|pension
oil-crude|natural-gas|coal|electricity
height|length|depth|width|distance
warplane|military-helicopter|drone
infection|recovery-patient|mortality|hospitalisation
open-launch|close-shut
arrival|departure
hospital|nuclear-power-plant|airport|refinery
price|wage|production
"""


@cache
def kin_of(concept: str) -> frozenset[str]:
    """Return the concepts that may stand for ``concept`` in another report of the same event."""
    return frozenset().union(*(group for group in _groups(_KIN, None) if concept in group)) - {concept}


@cache
def rivals_of(concept: str) -> frozenset[str]:
    """Return the concepts that count or measure something else than ``concept``."""
    return frozenset().union(*(group for group in _groups(_RIVALS, "|") if concept in group)) - {concept}


@cache
def _groups(listed: str, parted_by: str | None) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split(parted_by)) for line in listed.strip().splitlines())
