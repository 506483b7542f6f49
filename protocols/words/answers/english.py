"""English answers."""

from protocols.words.answers.lexicon import Words

ENGLISH = Words(
    thanks="""
    thank, thankyou, thanking, thankful, grateful, much appreciated, appreciate*, awesome,
    amazing, excellent, wonderful, fantastic, brilliant, lovely, perfectly, good job, great job,
    well done, nice work, great work, good work, good day, great day, nice day, good evening,
    good morning, good weekend, great weekend, nice weekend, take care, regards, best regards,
    kind regards, best, sincerely, noted, understood, got it, will do, sounds good, patience,
    prompt, swift, keeping us posted, keeping us updated, posted, speedy, you are the best,
    you re the best, team, everyone, everybody, folks, guys, all, good, weekend, a million,
    a bunch, a ton, tons, heaps, gents, greetings, happy, glad, kindly, love, legend, legends,
    no worries, have a, hard work, good night, you are welcome, you re welcome, most welcome,
    see you, see you soon, see you tomorrow, talk soon
    """,
    polite="""
    help, helping, support, update, updates, response, reply, info, information, assistance,
    looking into, effort, efforts, quick, fast, received
    """,
    works="""
    work, works, worked, working, working again, works again, solved, resolved, fixed, sorted,
    sorted out, all good, all fine, all is good, all is well, all set, all clear, all ok, is fine,
    looks good, looks fine, looking good, is good now, good now, fine now, ok now, okay now,
    back to normal, up and running, went through, gone through, going through, came through,
    did the trick, good to go, is ok, are ok, are fine, no more errors, no more issues,
    no more problems, no errors, no issues, no further issues, no problems anymore,
    no longer an issue, problem is gone, error is gone, issue is gone, has arrived, have arrived,
    arrived, received the payment, received the money, as expected, confirmed fixed, are back,
    successful, successfully, restored, cleared, done, running again, runs again, is good,
    we are good, we re good, everything is good, everything s good, s all good, succeeded
    """,
    close="""
    close it, close this, close the ticket, close the case, close the issue, close that, to close,
    can close, may close, please close, can be closed, may be closed, close
    """,
    broken="""
    broken, down, blocks my business, fail, fails, failed, failing, failure, stuck, persists,
    persist, persisting, stopped working, it is back, it s back, problem is back, issue is back,
    error is back, came back, has returned, is back again, wrong, incorrect, missing, reoccurred,
    recurring, happening, happened again, happens, remains, unresolved, unsolved, blocked,
    rejected, crashes, crashed, unable, still broken, still wrong, still missing, still open,
    still down, no change, no improvement, no luck, seeing the same, getting the same, worse,
    not fixed, no joy, hangs, still happening, still failing, still seeing, still getting,
    still an issue, still a problem, same as before, same as back again, refused, declined,
    bounced, nothing has changed, nothing changed, cannot, can t, does nothing
    """,
    trouble="error, errors, problem, problems, issue, issues, bug, outage, trouble, message",
    nots="""
    not, isn t, isnt, doesn t, doesnt, didn t, didnt, hasn t, hasnt, haven t, havent, aren t,
    arent, wasn t, wasnt, weren t, won t, wont, don t, dont, never, no longer, neither, no, nope,
    nothing, none, nobody, without
    """,
    still="still, continues, continue, keeps, keep",
    again="again, once more",
    same="same",
    but="""
    but, however, although, though, except, apart from, only, other, another, also, as well,
    besides, new, different, remaining, partially, partly, some, half, almost, nearly, instead,
    yet, unfortunately, sadly, too, first one, second one, one thing, one more
    """,
    doubts="""
    if, whether, when, once, until, unless, before, not sure, unsure, maybe, perhaps, should,
    would, will, could, might, hope, hopefully, tomorrow, monday, tuesday, wednesday, thursday,
    friday, saturday, sunday, next week, later, soon, question, why, what, how, who, where, which,
    let you know, get back to you, check, checking, test, testing, wait, waiting, ask,
    please call, call, need, needs, want, wonder, wondering, guess, think so, seems, seem,
    appears, supposed, yesterday, sometimes, intermittently, intermittent, occasionally, at times,
    now and then, on and off, for now, so far, temporarily, slow, slowly, mostly, usually
    """,
    matter="""
    payment, payments, transfer, transfers, run, runs, batch, batches, invoice, invoices, payroll,
    payout, payouts, refund, refunds, account, accounts, file, files, transaction, transactions,
    case, side, end, everything, every, today, morning, afternoon, yes, yep, yeah, yup, confirm,
    confirmed, confirming, money, statement, balance, login, upload, import, export, bank, system,
    data, report, page, screen, button, minute, minutes, hour, ago, third, second, first, users
    """,
    filler="""
    a, an, the, i, we, you, he, she, they, us, me, your, our, my, this, that, these, those, there,
    here, is, are, was, were, be, been, am, m, s, re, ve, ll, d, has, have, had, do, does, did,
    for, to, of, on, in, at, by, from, with, and, or, so, very, much, many, really, a lot, lot,
    now, just, as, can, may, feel free, free, please, well, quite, such, since, about, it, its,
    from our side, oh, ah, yay, both, again and again, been able, able, them, their, any, out, up
    """,
)
