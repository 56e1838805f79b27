"""English words that speak for or against checking a sentence; see ``check_cues`` for how they are written."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "comparison": """
        than, compared to, compared with, in comparison, as much as, as many as, as high as, as low as,
        twice, half of, half the, half as, times as, times more, times the, double, triple, a third of,
        a quarter of, two thirds, average, on average, percent, per cent, per capita, a majority of,
        the majority of, most of, out of every, out of #, ahead of, ranks, ranked, exceeds, exceeded,
        rate of, number of, total of
    """,
    "record": """
        highest, lowest, largest, biggest, smallest, fewest, fastest, slowest, worst, longest, shortest,
        oldest, poorest, richest, cheapest, the greatest, the first time, first time, for the first,
        the first, the only, only country, the last time, all time, record high, record low, a record,
        in history, history of, never before, unprecedented, the most, the least, number one, ever
    """,
    "sweeping": """
        all of the, all the, every single, every one, each of, none of, nobody, no one, not one,
        not a single, countries, states, nations, never, always, almost all, nearly all, many, several, few,
        a few, dozens, scores, hundreds, thousands, millions, billions, at least, more and more, any of the,
        both, only, too many
    """,
    "date": """
        ago, last year, last month, last week, last decade, last quarter, last summer, last fall,
        last winter, last spring, last election, last night, yesterday, today, this year, this month,
        this week, a year, a month, a week, a day, per year, per day, years, months, weeks, decades, since,
        during, previous, previously, until, at the time, at that time, now, currently, so far, in office,
        in recent, earlier, the last #, the past #, in #, under my, under his, under her, under their,
        under this, under the, when we, already, for the last, for the past, over the last, over the past,
        in the last, in the past, when he, when she, when they, when i was, annual, annually, monthly, daily
    """,
    "public_act": """
        voted, vote for, votes against, vetoed, veto, signed, passed, introduced, sponsored, proposed,
        opposed, supported, endorsed, appointed, nominated, elected, enacted, repealed, ratified, abolished,
        cancelled, canceled, banned, approved, rejected, adopted, ordered, authorized, authorised, imposed,
        lifted, funded, sued, convicted, indicted, charged with, pardoned, bill, bills, legislation,
        amendment, treaty, budget, resolution, committee, executive order, act of
    """,
    "past_deed": """
        killed, built, spent, paid, lost, gave, sent, sold, bought, cut, raised, took, came, went, won, ran,
        left, met, grew, fell, rose, dropped, lasted, died, was, were, had, did, been, made, got, began,
        became, broke, brought, chose, drew, fought, found, held, kept, led, put, saw, shot, stood, stole,
        taught, threw, wrote, wasn't, weren't, hadn't, didn't, has not, have not, hasn't, haven't, gone,
        done, taken, given, seen, grown, fallen, risen, has become, have become, *ed, !need, !indeed,
        !speed, !feed, !bed, !red, !proceed, !succeed, !exceed, !seed, !hundred, !breed, !agreed, !supposed,
        !concerned, !interested, !pleased, !united, !committed, !needed
    """,
    "others": """
        he, she, his, her, him, himself, herself, they, their, them, he's, she's, they're, they've, he'd,
        she'd, administration, government, senator, governor, congress, senate, parliament, republicans,
        democrats, secretary, mayor, minister, ministry, opponent, company, companies, court, party, mr,
        mrs, ms, dr, union
    """,
    "attribution": """
        said, says, indicated, claimed, claims, announced, declared, admitted, denied, testified, promised,
        called for, called it, reported, reports, wrote, stated, accused, according to, he called,
        she called, they called
    """,
    "cause": """
        because of, as a result, resulted in, led to, leads to, caused, causes, thanks to, due to, cost,
        costs, which means, contributes to, contributed to, created, creates, brought about
    """,
    "opinion": """
        i think, i believe, i feel, i guess, i suppose, i hope, i wish, i don't think, i don't believe,
        i do not think, i do not believe, i agree, i disagree, i love, i like, i trust, i know, i mean,
        i'm sure, i am sure, i'm proud, i am proud, i understand, in my opinion, in my view, in my judgment,
        it seems, seems to me, maybe, perhaps, probably, obviously, of course, certainly, frankly, my view,
        my opinion, we believe, we think, my own, my feeling, my hope, believe in, believe that,
        i'm convinced, i regret
    """,
    "ideal": """
        good, better, best, great, strong, stronger, strength, important, wonderful, beautiful, terrible,
        horrible, wrong, tough, fair, unfair, hard, difficult, easy, freedom, liberty, peace, peaceful,
        justice, dream, dreams, future, hope, hopes, faith, values, value, opportunity, opportunities,
        responsibility, leadership, leader, judgment, character, courage, moral, morality, integrity,
        respect, trust, vision, progress, experience, success, successful, proud, honor, honour, love,
        greatness, destiny, challenge, challenges, chance, clear, sense, kind of, kinds of, possible,
        necessary, tremendous, fundamental, critical, idea, principle, principles, life, heart, belief,
        real, absolutely, disaster, problem, problems, the american people
    """,
    "promise": """
        will, won't, going to, gonna, i'll, we'll, you'll, he'll, she'll, they'll, it'll, shall, intend to,
        plan to, i propose, my plan, i pledge, i promise, want to, wants to, hope to, would like,
        look forward, in the future, try to, trying to, able to, tomorrow, next year, continue to
    """,
    "possible": """
        can, can't, cannot, could, couldn't, would, wouldn't, may, might, if, whether, unless, be, would be,
        suppose, imagine, what if, i'd, we'd, you'd, were to
    """,
    "demand": """
        should, shouldn't, must, ought to, need, needs, need to, needs to, have to, has to, had to, got to,
        gotta, let's, let us, let me, please, i want, we want, want, you want, make sure, let them, ^ let,
        ^ give, ^ look, ^ take, ^ get, ^ go, ^ ask, ^ tell, ^ remember, ^ stop, ^ vote, ^ join, ^ help,
        ^ consider, ^ don't, ^ keep, ^ think, ^ imagine, ^ wait, ^ read
    """,
    "purpose": """
        is to, to make, to do, to be, to get, to keep, to bring, to build, to protect, to have, to see,
        to find, to work, to help, to take, to create, to give, to go, to let, to use, to say, in order to,
        so that
    """,
    "first_person": """
        i, i'm, i've, me, my, mine, myself
    """,
    "address": """
        thank you, thanks, thank, good evening, good morning, good night, ladies and gentlemen, welcome,
        you know, excuse me, sorry, applause, laughter, god bless, congratulations, folks, my friends,
        hello, goodbye, okay, ok, all right, ^ well, ^ yes, ^ no, ^ look, ^ listen, ^ now, you, your,
        you're, you've, do you, are you
    """,
    "procedure": """
        question, questions, answer, answers, issue, issues, point, points, subject, topic, debate,
        talks about, take a look, look at, minute, minutes, seconds, moderator, respond, response, rebuttal,
        follow up, turn to, talk about, talking about, speak, tell you, ask you, say, saying, asked, how,
        why, what, what i, that's what, that's why, the way, something, thing, things, anything, somebody,
        someone, anybody, here, tonight, this election, campaign
    """,
}
