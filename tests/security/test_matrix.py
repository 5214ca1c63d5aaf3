"""Everybody tries everything in every situation; what is allowed is exactly what the design says, and nothing moves
when it is refused.

Whoever tries has the best that an attacker can have: a card of their own chat with a genuine, current button on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from handlers.screens.screen import Touch
from models.mail.card import CardKind, Face
from models.mail.conversation import Expects
from models.rules.actions import Action
from tests.security import authority
from tests.security.authority import (
    EVERYBODY,
    GRANTED,
    IGNORED,
    NOBODY,
    OTHER,
    SITUATIONS,
    VACANT_HEAD,
    VACANT_KABAG,
    Situation,
)
from tests.security.scene import ACCOUNTS, CANDIDATE, HARDWARE, SECRET, SOFTWARE, Attempt, Scene

Verdict = Callable[[Situation, str], str]


def decides(action: str) -> Verdict:
    return lambda situation, who: authority.deciding(situation, who, action)


def gives(name: str) -> Verdict:
    """Forward to one person, who must hold the next post."""

    def verdict(situation: Situation, who: str) -> str:
        found = authority.deciding(situation, who, "forward")
        fits = situation.step == 4 and name in authority.HOLDERS["jft-prakom"]
        return "not-a-holder" if found == GRANTED and not fits else found

    return verdict


def hands_to(name: str) -> Verdict:
    """Hand the task to one person, who must be a colleague of its post without it."""

    def verdict(situation: Situation, who: str) -> str:
        found = authority.handing_on(situation, who)
        fits = name in situation.judges and name not in {who, situation.assigned}
        return "not-a-holder" if found == GRANTED and not fits else found

    return verdict


def unknown(verdict: Verdict) -> Verdict:
    """Name somebody who holds no post: there is no such button."""

    def found(situation: Situation, who: str) -> str:
        expected = verdict(situation, who)
        return "unknown-button" if expected == GRANTED else expected

    return found


def copies_to(post: str) -> Verdict:
    """Let a post get a copy: not the one that gets the case, nor one that is one's own or the reporter's alone."""

    def verdict(situation: Situation, who: str) -> str:
        found = authority.deciding(situation, who, "copy")
        own = authority.own_holders(post)
        gets_it = authority.STEPS[situation.step + 1][0] == post if situation.step < 9 else False
        return "no-copy" if found == GRANTED and (gets_it or not own - {who, situation.reporter}) else found

    return verdict


def prepares(action: str) -> Verdict:
    """Do what belongs to an action that is not yet complete."""

    def verdict(situation: Situation, who: str) -> str:
        found = authority.deciding(situation, who, action)
        return GRANTED if found == "evaluation-incomplete" else found

    return verdict


def writes(verdict: Verdict) -> Verdict:
    """Write in chat: an account that is nobody's is greeted, and nothing is taken from it."""
    return lambda situation, who: IGNORED if who in NOBODY else verdict(situation, who)


def adding(situation: Situation, who: str) -> str:
    """Reply to the status of a case: from anybody but its reporter, or once it has ended, that is a new report."""
    return authority.for_oneself(situation, who)


def takes_out(situation: Situation, who: str) -> str:
    """Take a file out of a note where the step forwards; elsewhere it would be out of a Laporan Evaluasi."""
    forwards = authority.STEPS[situation.step][1] == "assign"
    return authority.deciding(situation, who, "forward" if forwards else "attach")


def takes_out_nothing(situation: Situation, who: str) -> str:
    """Take out a file that is not there, or put one back."""
    found = takes_out(situation, who)
    return "card-out-of-date" if found == GRANTED else found


def takes_no_offer(situation: Situation, who: str) -> str:
    """Look at, or begin with, the Laporan Evaluasi of a case that cannot be offered: that of the card itself."""
    found = authority.deciding(situation, who, "write")
    return "card-out-of-date" if found == GRANTED else found


def looks(*, whole: bool) -> Verdict:
    return lambda situation, who: authority.looking(situation, who, whole=whole)


MONTH_OF_RINA = "{rina} 2026-11 baik/ahli-pertama/12"
"""What a card of /rekap is about that shows a month of Rina."""

ON_A_TASK: list[tuple[Attempt, Verdict]] = [
    (Attempt("forward"), decides("forward")),
    (Attempt("choose"), decides("forward")),
    (Attempt("forward-to", "any"), decides("forward")),
    (Attempt("forward-to", "{rina}"), gives("rina")),
    (Attempt("forward-to", "{oki}"), gives("oki")),
    (Attempt("instruct"), decides("forward")),
    (Attempt("tick", "0"), decides("forward")),
    (Attempt("write-note"), decides("forward")),
    (Attempt("send-back"), decides("send-back")),
    (Attempt("back-to", "1"), decides("send-back")),
    (Attempt("reason", "Alasan.", Face.REASONS_SEND_BACK), decides("send-back")),
    (Attempt("write-reason", "", Face.REASONS_SEND_BACK), decides("send-back")),
    (Attempt("decline"), decides("decline")),
    (Attempt("reason", "Alasan.", Face.REASONS_DECLINE), decides("decline")),
    (Attempt("write-reason", "", Face.REASONS_DECLINE), decides("decline")),
    (Attempt("move"), decides("move")),
    (Attempt("move-to", HARDWARE), decides("move")),
    (Attempt("merge"), decides("merge")),
    (Attempt("merge-into", "{case}"), authority.merging),
    (Attempt("merge-into", "{other}"), authority.merging_with_another),
    (Attempt("part-report", "0", card=CardKind.STATUS), authority.parting_nothing),
    (Attempt("part-report", "{joined}", card=CardKind.STATUS), authority.parting),
    (Attempt("start"), decides("start")),
    (Attempt("more"), decides("note")),
    (Attempt("recall"), authority.recalling),
    (Attempt("recall", before=True), authority.recalling_what_was_sent),
    (Attempt("copy"), decides("copy")),
    (Attempt("copy-to", "@{dewi}"), unknown(decides("copy"))),
    (Attempt("copy-to", "@{oki}"), unknown(decides("copy"))),
    (Attempt("copy-to", "jft-prakom"), copies_to("jft-prakom")),
    (Attempt("copy-to", "kakanwil"), copies_to("kakanwil")),
    (Attempt("read", card=CardKind.COPY), authority.reading),
    (Attempt("read", card=CardKind.COPY, before=True), authority.reading_what_was_sent),
    (Attempt("transfer"), authority.handing_on),
    (Attempt("transfer", card=CardKind.STATUS), authority.handing_on),
    (Attempt("hand-to", "{andi}"), hands_to("andi")),
    (Attempt("hand-to", "{oki}"), hands_to("oki")),
    (Attempt("reason", "Alasan.", Face.REASONS_TRANSFER, chosen="andi"), hands_to("andi")),
    (Attempt("reason", "Alasan.", Face.REASONS_TRANSFER, card=CardKind.STATUS, chosen="andi"), hands_to("andi")),
    (Attempt("write-reason", "", Face.REASONS_TRANSFER), authority.handing_on),
    (Attempt("extend"), authority.extending),
    (Attempt("extend-by", "1 hari"), authority.extending),
    (Attempt("reason", "Alasan.", Face.REASONS_EXTEND, span="1 hari"), authority.extending),
    (Attempt("write-reason", "", Face.REASONS_EXTEND), authority.extending),
    (Attempt("consult"), decides("note")),
    (Attempt("consult-page", "1"), decides("note")),
    (Attempt("consult-whom", "person:{andi}"), authority.consulting("andi")),
    (Attempt("consult-whom", "person:{rina}"), authority.consulting("rina")),
    (Attempt("consult-whom", "post:kabag-p2l"), authority.consulting_a_post("kabag-p2l")),
    (Attempt("ask"), decides("ask")),
    (Attempt("ask-offered", "Sejak kapan?", Face.EXPECTS_QUESTION), decides("ask")),
    (Attempt("evaluation"), decides("write")),
    (Attempt("part", "cause"), decides("write")),
    (Attempt("attach"), decides("attach")),
    (Attempt("preview"), decides("write")),
    (Attempt("remove"), takes_out),
    (Attempt("remove-file", "unique-of-none"), takes_out_nothing),
    (Attempt("restore-file"), takes_out_nothing),
    (Attempt("submit"), decides("submit")),
    (Attempt("offered"), decides("write")),
    (Attempt("offered-one", "{case}", Face.OFFERED), takes_no_offer),
    (Attempt("take-offered", "{case}", Face.OFFERED_ONE), takes_no_offer),
    (Attempt("pass-on"), decides("pass")),
    (Attempt("approve"), decides("approve")),
    (Attempt("give-back"), decides("return")),
    (Attempt("reason", "Koreksi.", Face.REASONS_RETURN), decides("return")),
    (Attempt("write-reason", "", Face.REASONS_RETURN), decides("return")),
    (Attempt("acknowledge"), decides("acknowledge")),
    (Attempt("back"), authority.for_oneself),
    (Attempt("as-note", "{task}", card=CardKind.DRAFT), decides("note")),
]
IN_WORDS: list[tuple[Attempt, Verdict]] = [
    (Attempt(writes=Expects.NOTE), writes(decides("forward"))),
    (Attempt(writes=Expects.SEND_BACK_REASON), writes(decides("send-back"))),
    (Attempt(writes=Expects.DECLINE_REASON), writes(decides("decline"))),
    (Attempt(writes=Expects.RETURN_REASON), writes(decides("return"))),
    (Attempt(writes=Expects.TRANSFER_REASON, chosen="andi"), writes(hands_to("andi"))),
    (Attempt(writes=Expects.EXTEND_REASON, span="1 hari"), writes(authority.extending)),
    (Attempt(writes=Expects.CONSULTATION, asks="kakanwil"), writes(authority.consulting_a_post("kakanwil"))),
    (Attempt(writes=Expects.QUESTION), writes(decides("ask"))),
    (Attempt(writes=Expects.EVALUATION_PART, part="cause"), writes(decides("write"))),
    (Attempt(writes=Expects.EVALUATION_FILE), writes(decides("write"))),
    (Attempt(replies=True), writes(decides("note"))),
    (Attempt(replies=True, card=CardKind.STATUS), writes(adding)),
    (Attempt(replies=True, card=CardKind.QUEUE, face=Face.TASKS), writes(authority.for_oneself)),
    (
        Attempt(writes=Expects.SELECTION_NOTE, card=CardKind.QUEUE, face=Face.EXPECTS_SELECTION_NOTE),
        writes(authority.for_oneself),
    ),
]
AT_A_CASE: list[tuple[Attempt, Verdict]] = [
    (Attempt("status", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=False)),
    (Attempt("timeline", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=False)),
    (Attempt("position", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=False)),
    (Attempt("sop-form", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=False)),
    (Attempt("evaluation-report", "{case}", card=CardKind.QUEUE, face=Face.TASKS), authority.evaluated),
    (Attempt("disposition-sheet", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=True)),
    (Attempt("attachments", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=True)),
    (Attempt("earlier", "{case}", card=CardKind.QUEUE, face=Face.TASKS), looks(whole=True)),
    (Attempt("open-card", "{task}", card=CardKind.QUEUE, face=Face.TASKS), authority.opening),
    (Attempt("urge", card=CardKind.STATUS), authority.reporting),
    (Attempt("me-too", "{case}", card=CardKind.DRAFT), authority.joining),
    (Attempt("withdraw", card=CardKind.STATUS), authority.withdrawing),
    (Attempt("withdraw-now", card=CardKind.STATUS, face=Face.WITHDRAWING), authority.withdrawing),
    (Attempt("select", card=CardKind.QUEUE, face=Face.TASKS), authority.for_oneself),
    (Attempt("select-one", "{task}", card=CardKind.QUEUE, face=Face.SELECTING), authority.selecting),
    (Attempt("select-all", card=CardKind.QUEUE, face=Face.SELECTING), authority.for_oneself),
    (Attempt("select-note", card=CardKind.QUEUE, face=Face.SELECTING), authority.for_oneself),
    (Attempt("select-off", card=CardKind.QUEUE, face=Face.SELECTING), authority.for_oneself),
    (Attempt("forward-selected", card=CardKind.QUEUE, face=Face.SELECTING, chosen="this"), decides("forward")),
    (Attempt("page", "0", card=CardKind.QUEUE, face=Face.TASKS), authority.for_oneself),
    (Attempt("open-next", face=Face.GOING_ON), authority.for_oneself),
    (Attempt("helped", card=CardKind.RESULT), authority.judging),
    (Attempt("not-helped", card=CardKind.RESULT), authority.judging),
    (Attempt("rate", "quick", card=CardKind.RESULT), authority.rating),
    (Attempt("appraise", "well", card=CardKind.APPRAISAL), authority.appraising),
    (Attempt("appraise", "improve {case}", card=CardKind.QUEUE, face=Face.TASKS), authority.appraising),
]
ON_A_QUESTION: list[tuple[Attempt, Verdict]] = [
    (Attempt("answer", card=CardKind.QUESTION), authority.answering),
    (Attempt("answer", "{question}", card=CardKind.REMINDER), authority.answering),
    (Attempt("questions", card=CardKind.QUEUE, face=Face.SUMMARY), authority.for_oneself),
    (Attempt(replies=True, card=CardKind.REMINDER), writes(authority.for_oneself)),
    (Attempt("as-answer", "{question}", card=CardKind.DRAFT), authority.answering),
    (Attempt(writes=Expects.ANSWER, card=CardKind.QUESTION), writes(authority.answering)),
    (Attempt(replies=True, card=CardKind.QUESTION), writes(authority.answering)),
]
ON_A_REQUEST: list[tuple[Attempt, Verdict]] = [
    (Attempt("grant-extension", card=CardKind.EXTENSION), authority.granting),
    (Attempt("deny-extension", card=CardKind.EXTENSION), authority.granting),
    (Attempt("deny-because", card=CardKind.EXTENSION), authority.granting),
    (Attempt(writes=Expects.DENIAL_REASON, card=CardKind.EXTENSION), writes(authority.granting)),
]
ON_A_CONSULTATION: list[tuple[Attempt, Verdict]] = [
    (Attempt("advise", card=CardKind.CONSULTATION), authority.advising),
    (Attempt(writes=Expects.OPINION, card=CardKind.CONSULTATION), writes(authority.advising)),
    (Attempt(replies=True, card=CardKind.CONSULTATION), writes(authority.advising)),
]
BESIDE_CASES: list[tuple[Attempt, Verdict]] = [
    (Attempt("send-report", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("classify", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("keep-confidential", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("keep-open", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("choose-sop", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("edit-report", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("discard", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt("remove", card=CardKind.DRAFT), authority.for_oneself),
    (Attempt(writes=Expects.REPORT_TEXT, card=CardKind.DRAFT), writes(authority.for_oneself)),
    (Attempt(writes=Expects.NOTHING), writes(authority.for_oneself)),
    (Attempt(writes=Expects.NIP), writes(authority.for_oneself)),
    (Attempt(writes=Expects.NAME), writes(authority.for_oneself)),
    (Attempt("confirm", card=CardKind.REGISTRATION), authority.not_registering),
    (Attempt("correct", card=CardKind.REGISTRATION), authority.not_registering),
    (Attempt("look-at", str(CANDIDATE), card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("accept", "{mark}", card=CardKind.CANDIDATE), authority.administering),
    (Attempt("reject", "{mark}", card=CardKind.CANDIDATE), authority.administering),
    (Attempt("invite", "kadiv", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("invite", "", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("relieve-of", "{tenure_of_yusuf}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("relieve", "{tenure_of_yusuf}", card=CardKind.ADMINISTRATION), authority.administering),
    (
        Attempt("undo-relief", "{tenure_of_eko}", card=CardKind.ADMINISTRATION),
        authority.administering_but("not-undoable"),
    ),
    (Attempt("open-list", "people", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("turn-to", "1", Face.PEOPLE, CardKind.ADMINISTRATION), authority.administering),
    (Attempt("open-post", "kadiv", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("open-person", "{siti}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("open-expected", "199001012015031001", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("forget", "199001012015031001", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("inviting", "kadiv", card=CardKind.ADMINISTRATION), authority.administering),
    (
        Attempt("replace", "{rina}", Face.INVITING, CardKind.ADMINISTRATION, subject="jft-prakom"),
        authority.administering,
    ),
    (Attempt("write", "expect", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("unbinding", "{siti}", card=CardKind.ADMINISTRATION), authority.administering),
    (
        Attempt("invite-back", "{siti}", card=CardKind.ADMINISTRATION),
        authority.administering_but("card-out-of-date"),
    ),
    (Attempt("naming-plh", "{siti}", card=CardKind.ADMINISTRATION), authority.administering),
    (
        Attempt("name-plh-at", "kadiv", Face.NAMING_PLH, CardKind.ADMINISTRATION, subject="{siti}"),
        authority.administering,
    ),
    (Attempt("unbind", "{budi}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("make-admin", "{budi}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("dismiss-admin", "{dewi}", card=CardKind.ADMINISTRATION), authority.administering_but("last-admin")),
    (Attempt("restricting", "{siti}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("restrict", "{budi}", Face.RESTRICTING, CardKind.ADMINISTRATION), authority.administering),
    (
        Attempt("lift-restriction", "{budi}", Face.RESTRICTING, CardKind.ADMINISTRATION),
        authority.administering_but("card-out-of-date"),
    ),
    (Attempt("try-again", "{budi}", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("agree", card=CardKind.PROPOSAL, subject="{proposal}"), authority.seconding),
    (Attempt("disagree", card=CardKind.PROPOSAL, subject="{proposal}"), authority.seconding),
    (Attempt("take-register", "2026-10 late", card=CardKind.REGISTER), authority.taking_the_register),
    (Attempt("register-months", card=CardKind.REGISTER), authority.taking_the_register),
    (Attempt("board", "lum/SW.1/kakanwil/0", card=CardKind.BOARD), authority.looking_over),
    (Attempt("board-steps", "//", card=CardKind.BOARD), authority.looking_over),
    (Attempt("board-posts", "//", card=CardKind.BOARD), authority.looking_over),
    (Attempt("board-remind", "//", card=CardKind.BOARD), authority.looking_over),
    (Attempt("board-remind-now", "//", Face.CONFIRMING, CardKind.BOARD), authority.looking_over),
    (Attempt("board-cases", card=CardKind.BOARD), authority.looking_over),
    (Attempt("search-again", card=CardKind.SEARCH), authority.for_oneself),
    (Attempt("search-narrow", "open 202611 SW mine", card=CardKind.SEARCH), authority.for_oneself),
    (Attempt(writes=Expects.SEARCH, card=CardKind.SEARCH), writes(authority.for_oneself)),
    (
        Attempt("figures", "number:late", card=CardKind.STATISTICS, subject="2026-11-01..2026-11-30|||||"),
        authority.seeing_figures,
    ),
    (Attempt("sop", f"form:{SOFTWARE}", card=CardKind.SOP), authority.for_oneself),
    (Attempt("sop-page", "0", card=CardKind.SOP), authority.for_oneself),
    (Attempt("recap-month", "2026-10", card=CardKind.RECAP, subject=MONTH_OF_RINA), authority.month_of("rina")),
    (Attempt("recap-take", "xlsx", card=CardKind.RECAP, subject=MONTH_OF_RINA), authority.month_of("rina")),
    (Attempt("recap-credit", card=CardKind.RECAP, subject=MONTH_OF_RINA), authority.month_of("rina")),
    (Attempt("recap-of", "{andi}", card=CardKind.RECAP, subject=MONTH_OF_RINA), authority.month_of("rina", "andi")),
    (Attempt("take-unit", "Subbagian Umum", card=CardKind.UNIT), authority.for_oneself),
    (Attempt("type-unit", card=CardKind.UNIT), authority.for_oneself),
    (Attempt("skip-unit", card=CardKind.UNIT), authority.for_oneself),
    (Attempt(writes=Expects.UNIT, card=CardKind.UNIT), writes(authority.for_oneself)),
    (
        Attempt(writes=Expects.ADMINISTRATION, card=CardKind.ADMINISTRATION, part="search-people"),
        writes(authority.administering),
    ),
    (Attempt("calendar-add", "day-off", card=CardKind.CALENDAR), authority.administering),
    (Attempt("calendar-remove", card=CardKind.CALENDAR), authority.administering),
    (Attempt("calendar-year", "2029", card=CardKind.CALENDAR), authority.administering),
    (Attempt("calendar-hours", "full", card=CardKind.CALENDAR), authority.administering_but("draft-missing")),
    (Attempt("calendar-tick", "0", card=CardKind.CALENDAR), authority.administering_but("draft-missing")),
    (Attempt("calendar-confirm", card=CardKind.CALENDAR), authority.administering_but("draft-missing")),
    (Attempt("calendar-undo", "1", card=CardKind.CALENDAR), authority.administering_but("calendar-unchanged")),
    (Attempt("calendar-remove-of", "1", card=CardKind.CALENDAR), authority.administering_but("card-out-of-date")),
    (
        Attempt(writes=Expects.CALENDAR, card=CardKind.CALENDAR, part="day-off"),
        writes(authority.administering_but("calendar-day-invalid")),
    ),
    (Attempt("absences", card=CardKind.ADMINISTRATION), authority.administering),
    (Attempt("absence", "{absence}", card=CardKind.ADMINISTRATION), authority.managing),
    (Attempt("days-away", "today", Face.EXPECTS_DAYS_AWAY, CardKind.ABSENCE), authority.leaving),
    (Attempt("reason-away", card=CardKind.ABSENCE), authority.managing),
    (Attempt("ask-plh", "{hendra}", card=CardKind.ABSENCE), authority.managing),
    (Attempt("plh-post", card=CardKind.ABSENCE), authority.managing),
    (Attempt("call-off", card=CardKind.ABSENCE), authority.managing),
    (Attempt("come-back", card=CardKind.ABSENCE), authority.managing),
    (Attempt("accept-plh", card=CardKind.PLH_REQUEST), authority.standing_in),
    (Attempt("refuse-plh", card=CardKind.PLH_REQUEST), authority.standing_in),
    (Attempt("release-plh", card=CardKind.PLH_REQUEST), authority.releasing),
    (Attempt(writes=Expects.DAYS_AWAY, card=CardKind.ABSENCE), writes(authority.typing_days)),
    (Attempt(writes=Expects.REASON_AWAY, card=CardKind.ABSENCE), writes(authority.managing)),
]

SPREAD = len(EVERYBODY)
"""One attempt in so many is made in the short form: each is one person's in each situation, and in turn everybody's."""

TRIED_BY = {
    "report": "send-report",
    "forward": "forward",
    "send-back": "reason",
    "decline": "reason",
    "move": "move-to",
    "start": "start",
    "ask": Expects.QUESTION,
    "answer": Expects.ANSWER,
    "submit": "submit",
    "pass": "pass-on",
    "approve": "approve",
    "return": "reason",
    "acknowledge": "acknowledge",
    "note": "reply",
    "attach": Expects.EVALUATION_FILE,
    "detach": "remove-file",
    "write": Expects.EVALUATION_PART,
    "feedback": "helped",
    "rate": "rate",
    "appraise": "appraise",
    "transfer": "reason",
    "copy": "copy-to",
    "read": "read",
    "recall": "recall",
    "add": "reply",
    "urge": "urge",
    "join": "me-too",
    "merge": "merge-into",
    "part": "part-report",
    "reopen": "part-report",
    "leave": "withdraw-now",
    "withdraw": "withdraw-now",
    "extend": "reason",
    "grant-extension": "grant-extension",
    "deny-extension": "deny-extension",
    "consult": Expects.CONSULTATION,
    "advise": Expects.OPINION,
    "remind-late": "board-remind-now",
}
"""By which attempt each action of the record is tried."""


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    opened = Scene()
    yield opened
    opened.close()


def attempts(situation: Situation) -> list[tuple[Attempt, Verdict]]:
    asked = ON_A_QUESTION if situation.name.endswith("asked-by-rina") else []
    beside = BESIDE_CASES if situation.name == "step-1" else []
    request = ON_A_REQUEST if situation.name == "more-time-for-rina" else []
    consultation = ON_A_CONSULTATION if situation.name == "consulted-by-rina" else []
    return [*ON_A_TASK, *IN_WORDS, *AT_A_CASE, *asked, *request, *consultation, *beside]


def faults(scene: Scene, situation: Situation, *, every: int) -> Iterator[str]:
    """Try everything on the case of a situation, and tell what was not as the design has it.

    With `every` above 1 only so many of the attempts are made, spread so that everybody tries everything somewhere.
    """
    start = (*SITUATIONS, *VACANT_KABAG, *VACANT_HEAD).index(situation)
    with scene.engine.begin() as connection:
        for turn, (attempt, verdict) in enumerate(attempts(situation)):
            for who in EVERYBODY[(start + turn) % every :: every]:
                blind = authority.looking(situation, who, whole=True) != GRANTED
                found = scene.tries(connection, situation, who, attempt, blind=blind)
                expected = verdict(situation, who)
                told = [situation] + ([OTHER] if authority.looking(OTHER, who, whole=True) != GRANTED else [])
                if any(f"{SECRET} {one.name}" in found.said for one in told):
                    yield f"{who} {attempt}: the answer tells the report: {found.said}"
                what = f"{who} {attempt}: {expected} expected"
                if found.refusal != (expected if expected not in {GRANTED, IGNORED} else ""):
                    yield f"{what}, but {found.refusal or GRANTED}"
                    continue
                if expected == GRANTED:
                    continue
                spoken = {"conversations"} if attempt.writes is not None or attempt.replies else set()
                spoken |= {"first_words"} if spoken and who in NOBODY else set()
                if found.changed - spoken:
                    yield f"{what}, and it was, but {found.changed} changed"
                if set(found.journal) - {"refuse"}:
                    yield f"{what}, and it was, but the journal says {found.journal}"
                if found.chats - {ACCOUNTS[who]}:
                    yield f"{what}, and it was, but others were told: {found.chats}"


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_what_is_allowed_is_what_the_design_says(scene: Scene, situation: Situation) -> None:
    assert list(faults(scene, situation, every=SPREAD)) == []


@pytest.fixture(scope="module")
def without_kabag() -> Iterator[Scene]:
    opened = Scene(VACANT_KABAG, vacates="kabag-p2l")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def without_head() -> Iterator[Scene]:
    opened = Scene(VACANT_HEAD, vacates="kakanwil", deputy=None)
    yield opened
    opened.close()


@pytest.mark.parametrize("situation", VACANT_KABAG, ids=lambda situation: situation.name)
def test_in_the_place_of_a_vacant_post_the_next_authority_up_acts(without_kabag: Scene, situation: Situation) -> None:
    assert list(faults(without_kabag, situation, every=5)) == []


@pytest.mark.parametrize("situation", VACANT_HEAD, ids=lambda situation: situation.name)
def test_at_last_the_admins_act(without_head: Scene, situation: Situation) -> None:
    assert list(faults(without_head, situation, every=5)) == []


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("situation", VACANT_KABAG, ids=lambda situation: situation.name)
def test_all_of_it_in_the_place_of_a_vacant_post(without_kabag: Scene, situation: Situation) -> None:
    assert list(faults(without_kabag, situation, every=1)) == []


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("situation", VACANT_HEAD, ids=lambda situation: situation.name)
def test_all_of_it_where_the_admins_act(without_head: Scene, situation: Situation) -> None:
    assert list(faults(without_head, situation, every=1)) == []


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_all_of_it_without_a_gap(scene: Scene, situation: Situation) -> None:
    assert list(faults(scene, situation, every=1)) == []


def test_the_cases_are_in_the_situations_they_are_named_for(scene: Scene) -> None:
    for situation in SITUATIONS:
        case = scene.case(situation)
        last = case.tasks[-1]
        assigned = scene.people.get(situation.assigned)
        found = (last.step, last.post, last.assignee_id, last.started_at is not None, case.state.value != "open")
        expected = (situation.step, situation.post, assigned, situation.started, situation.ended)
        assert found == expected, situation.name


def test_a_relieved_official_reads_nothing_that_was_said_since(scene: Scene) -> None:
    for situation in (one for one in SITUATIONS if one.former):
        with scene.engine.begin() as connection:
            for attempt, _ in (*AT_A_CASE, *ON_A_TASK):
                said = scene.tries(connection, situation, "eko", attempt, blind=True).said
                assert SECRET not in said, (situation.name, attempt)


def test_no_touch_no_action_and_no_expectation_is_left_out() -> None:
    about_one = (*ON_A_QUESTION, *ON_A_REQUEST, *ON_A_CONSULTATION)
    every = (*ON_A_TASK, *IN_WORDS, *AT_A_CASE, *about_one, *BESIDE_CASES)
    tried = [attempt for attempt, _ in every]
    assert {attempt.touch for attempt in tried} - {""} == {touch.value for touch in Touch}
    assert {attempt.writes for attempt in tried} - {None} == set(Expects)
    assert set(TRIED_BY) == {action.value for action in Action}
