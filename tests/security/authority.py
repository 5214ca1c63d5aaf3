"""Who may do what in which state, written down from the design and from no code: sections 3 (what each kind of step
allows) and 6 (who may act).

A verdict is `GRANTED`, `IGNORED` (nothing happens and nobody is refused), or the name of the refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

GRANTED = "granted"
IGNORED = "ignored"

HOLDERS = {
    "kakanwil": {"bambang"},
    "kadiv": {"siti", "yusuf"},
    "kabag-p2l": {"hendra", "gita"},
    "kasubbag-humas": {"maria"},
    "jft-prakom": {"rina", "andi"},
}
"""Who may act for a post: `yusuf` is Plt. of one, `gita` Plh. of another; `eko` was one's holder once."""

SUPERIOR = {
    "kadiv": "kakanwil",
    "kabag-p2l": "kadiv",
    "kasubbag-humas": "kabag-p2l",
    "jft-prakom": "kasubbag-humas",
}
WATCHERS = HOLDERS["kasubbag-humas"] | HOLDERS["jft-prakom"]
ADMINS = {"dewi"}
REPORTER = "budi"

NOBODY = {"stranger", "revoked"}
"""An account that is nobody's: one never was, one was taken from a JFT Prakom who still holds the post."""

AWAY = {"lia": "andi"}
"""Who is away now, with their Plh.: a JFT Prakom holds the post, but decides nothing until she is back."""

ON_LEAVE_LATER, ASKED = "bambang", "siti"
"""Whose absence lies ahead, and who was asked to stand in and has not answered."""

EVERYBODY = (
    *(one for held in HOLDERS.values() for one in sorted(held)),
    *("lia", "eko", "budi", "oki", "dewi"),
    *sorted(NOBODY),
)

STEPS = {
    1: ("kakanwil", "assign"),
    2: ("kadiv", "assign"),
    3: ("kabag-p2l", "assign"),
    4: ("kasubbag-humas", "assign"),
    5: ("jft-prakom", "handle"),
    6: ("kasubbag-humas", "correct"),
    7: ("kabag-p2l", "correct"),
    8: ("kadiv", "approve"),
    9: ("kakanwil", "acknowledge"),
}
HANDLE = 5
"""The step at which the work is done."""

ALLOWED = {
    "assign": {"forward", "send-back", "copy", "note"},
    "handle": {"start", "ask", "write", "attach", "submit", "note"},
    "correct": {"pass", "return", "note"},
    "approve": {"approve", "return", "note"},
    "acknowledge": {"acknowledge", "note"},
}


def own_holders(post: str) -> set[str]:
    """Return who holds a post, away or not: a Plh. stands in for one of them."""
    return (HOLDERS[post] | {one for one in AWAY if post == "jft-prakom"}) - {"gita"}


@dataclass(frozen=True)
class Situation:
    """A case as it stands: its last step, whose alone it is, who had a hand in it."""

    name: str
    step: int
    assigned: str = ""
    started: bool = False
    ended: bool = False
    hands: frozenset[str] = field(default=frozenset())
    confidential: bool = False
    reporter: str = REPORTER
    judged_at: str = ""
    """The post above that decides where the one that should is vacant, or held by the reporter whose work is judged."""
    sent_by: str = ""
    """Who forwarded the case to this step, where it came in that way."""
    copied_to: str = ""
    """Who got a copy of the decision that sent the case to this step, and so may read it."""
    left_to_admins: bool = False
    """Whether nobody in the line can decide it, nor a deputy."""
    former: frozenset[str] = field(default=frozenset())
    """Who had a hand in it and has left the post since: they see where the case stands."""
    fellow: str = ""
    """Who reports the same, beside the reporter: with a draft of their own, or a case that was merged into this one."""

    @property
    def post(self) -> str:
        return self.judged_at or STEPS[self.step][0]

    @property
    def allowed(self) -> set[str]:
        """What the step's kind allows; at the first step a report may be declined or moved, and not be sent back."""
        allowed = set(ALLOWED[STEPS[self.step][1]])
        if self.step == 1:
            allowed = (allowed - {"send-back"}) | {"decline", "move"}
            allowed |= set() if self.confidential else {"merge"}
            # The reports of others would not go along.
            allowed -= {"move", "merge"} if self.fellow else set()
        if self.started:
            allowed.discard("start")
        return allowed

    @property
    def entitled(self) -> set[str]:
        """Who may decide now: all who act for the post, or whom it was given to."""
        if self.ended:
            return set()
        return {AWAY.get(self.assigned, self.assigned)} if self.assigned else self.judges

    @property
    def judges(self) -> set[str]:
        """Who holds the post and may judge the work: not the reporter, where it is judged."""
        if self.left_to_admins:
            return ADMINS
        judged = STEPS[self.step][1] in {"correct", "approve"}
        return HOLDERS[self.post] - ({self.reporter} if judged else set())

    @property
    def vacant(self) -> str:
        """The post in whose place the task is decided because nobody holds it, "" mostly."""
        return STEPS[self.step][0] if self.name.startswith("raised") or self.left_to_admins else ""

    @property
    def reporters(self) -> set[str]:
        """Everybody whose report the case is."""
        return {self.reporter} | ({self.fellow} - {""})

    @property
    def begun(self) -> bool:
        """Whether the report is being handled, or was."""
        return self.started or self.step > 5 or "returned" in self.name

    @property
    def superiors_of_work(self) -> set[str]:
        """Who may say how the work was done, once it was: the direct superior, not where it is on their own report."""
        if self.step <= HANDLE and "returned" not in self.name:
            return set()
        post = SUPERIOR[STEPS[HANDLE][0]]
        return HOLDERS[SUPERIOR[post]] if HOLDERS[post] == {self.reporter} else HOLDERS[post]

    @property
    def senders(self) -> set[str]:
        """Who forwarded the case to its step, at a step that only a disposition leads to."""
        return {self.sent_by} if self.sent_by and not self.ended else set()

    @property
    def stood_in_for(self) -> set[str]:
        """Who would decide now were they not away: they read on."""
        away = set(AWAY) if self.post == "jft-prakom" and not self.ended else set()
        return away & {self.assigned} if self.assigned else away

    @property
    def overseers(self) -> set[str]:
        """Who watches over the case without a part in it: the head always, the line above while it is open."""
        heads = set() if self.left_to_admins else HOLDERS["kakanwil"]
        found, superior = ADMINS | WATCHERS | heads, SUPERIOR.get(self.post, "")
        while superior and not self.ended:
            found, superior = found | HOLDERS[superior], SUPERIOR.get(superior, "")
        return found

    @property
    def readers(self) -> set[str]:
        """Who may read all of it."""
        overseers = set() if self.confidential else self.overseers
        return self.entitled | self.stood_in_for | self.hands | self.consulted | overseers

    @property
    def consulted(self) -> set[str]:
        """Whose opinion is wanted: they read until they have given it."""
        return HOLDERS["kadiv"] if "consulted" in self.name else set()


HANDS = ["bambang", "siti", "hendra", "maria", "rina", "maria", "hendra", "siti", "bambang"]
"""Who decides the nine steps of a case on its straight path."""


def _hands(steps: int, *more: str) -> frozenset[str]:
    return frozenset(HANDS[:steps]) | frozenset(more)


SITUATIONS = (
    *(
        Situation(f"step-{step}", step, hands=_hands(step - 1), sent_by=HANDS[step - 2] if 2 <= step <= 5 else "")
        for step in range(1, 10)
    ),
    Situation("given-to-rina", 5, sent_by="maria", assigned="rina", hands=_hands(4, "rina")),
    Situation("started-by-rina", 5, sent_by="maria", assigned="rina", started=True, hands=_hands(4, "rina")),
    Situation("asked-by-rina", 5, sent_by="maria", assigned="rina", started=True, hands=_hands(4, "rina")),
    Situation("more-time-for-rina", 5, sent_by="maria", assigned="rina", started=True, hands=_hands(4, "rina")),
    Situation("consulted-by-rina", 5, sent_by="maria", assigned="rina", started=True, hands=_hands(4, "rina")),
    Situation("given-to-lia", 5, sent_by="maria", assigned="lia", hands=_hands(4, "lia")),
    Situation("returned-to-rina", 5, assigned="rina", hands=_hands(6)),
    Situation("sent-back-to-hendra", 3, assigned="hendra", hands=_hands(4)),
    Situation("own-of-maria", 6, reporter="maria", judged_at="kabag-p2l", hands=_hands(5)),
    Situation("own-of-siti", 8, reporter="siti", hands=_hands(7)),
    Situation("joined-step-1", 1, fellow="oki"),
    Situation("led-step-1", 1, fellow="oki", hands=_hands(1)),
    Situation("joined-step-6", 6, fellow="oki", hands=_hands(5)),
    Situation(
        "joined-asked-by-rina", 5, sent_by="maria", assigned="rina", started=True, hands=_hands(4, "rina"), fellow="oki"
    ),
    Situation("joined-by-maria", 6, fellow="maria", judged_at="kabag-p2l", hands=_hands(5)),
    Situation("joined-closed", 9, ended=True, hands=_hands(9), fellow="oki"),
    Situation("merged", 1, ended=True, hands=_hands(1)),
    Situation("declined", 1, ended=True, hands=_hands(1)),
    Situation("moved", 1, ended=True, hands=_hands(1)),
    Situation("closed", 9, ended=True, hands=_hands(9)),
    Situation("withdrawn", 2, ended=True, sent_by="bambang", hands=_hands(1)),
    Situation("left-by-eko", 3, hands=frozenset({"bambang"}), former=frozenset({"eko"})),
    Situation(
        "secret-copied-to-rina", 2, sent_by="bambang", copied_to="rina", hands=_hands(1, "rina"), confidential=True
    ),
    Situation("secret-step-2", 2, sent_by="bambang", hands=_hands(1), confidential=True),
    Situation("secret-given-to-rina", 5, sent_by="maria", assigned="rina", hands=_hands(4, "rina"), confidential=True),
    Situation("secret-left-by-eko", 3, hands=frozenset({"bambang"}), former=frozenset({"eko"}), confidential=True),
    Situation("secret-closed", 9, ended=True, hands=_hands(9), confidential=True),
)


OTHER = Situation("other", 1, reporter="siti")
"""One more case at its first step, into which another may be merged; nobody tries anything at it."""

VACANT_KABAG = (
    Situation("raised-step-3", 3, sent_by="siti", judged_at="kadiv", hands=_hands(2)),
    Situation("raised-step-7", 7, judged_at="kadiv", hands=_hands(6) - {"hendra"}, former=frozenset({"hendra"})),
)
"""Where nobody holds the post of Kabag any more: those of the next authority up act in its place, and nobody else."""

VACANT_HEAD = (Situation("left-to-the-admins", 1, left_to_admins=True),)
"""Where nobody holds the post of Kakanwil any more, and the office names no deputy."""


def deciding(situation: Situation, who: str, action: str) -> str:
    """Return what an attempt at `action` on the last task of a case must lead to."""
    if who in NOBODY:
        return "not-registered"
    if situation.ended:
        return "task-already-decided" if who in HOLDERS[situation.post] else "not-your-task"
    if action == "start" and situation.started and who in HOLDERS[situation.post] | set(AWAY):
        return "already-started"
    if who not in situation.entitled:
        return "not-your-task"
    if action not in situation.allowed:
        return "step-forbids"
    return "evaluation-incomplete" if action == "submit" else GRANTED


def handing_on(situation: Situation, who: str) -> str:
    """Return what an attempt to hand the last task of a case to a colleague must lead to."""
    if who in NOBODY:
        return "not-registered"
    if situation.ended:
        return "task-already-decided" if who in HOLDERS[situation.post] else "not-your-task"
    superiors = HOLDERS[SUPERIOR[situation.post]] if situation.post in SUPERIOR else set()
    if who not in situation.entitled | superiors | situation.senders:
        return "not-your-task"
    own = {situation.assigned} if situation.assigned else {who}
    return GRANTED if situation.judges - own else "no-colleague"


def selecting(situation: Situation, who: str) -> str:
    """Return what an attempt to choose a task, to forward it with others, must lead to."""
    found = deciding(situation, who, "forward")
    return found if found in {GRANTED, "not-registered"} else "card-out-of-date"


def reading(_: Situation, who: str) -> str:
    """Return what an attempt to mark a copy as read must lead to, where none was sent."""
    return "not-registered" if who in NOBODY else "not-your-task"


def reading_what_was_sent(situation: Situation, who: str) -> str:
    """Return what an attempt to mark a copy of the decision before as read must lead to."""
    found = reading(situation, who)
    return GRANTED if who == situation.copied_to else found


def extending(situation: Situation, who: str) -> str:
    """Return what an attempt to ask for more time must lead to: above the head of the office there is nobody."""
    found = deciding(situation, who, "note")
    if found != GRANTED:
        return found
    if "more-time" in situation.name:
        return "extension-asked"
    return GRANTED if situation.post in SUPERIOR else "nobody-above"


def explaining(*, late: bool) -> Callable[[Situation, str], str]:
    """Return the verdict on saying why the last task of a case is late: it is for those who decide or decided it."""

    def verdict(situation: Situation, who: str) -> str:
        if who in NOBODY:
            return "not-registered"
        # At the end of each case here the only holder of the post has decided, or the reporter in all their places.
        able = HOLDERS[situation.post] if situation.ended else situation.entitled
        if who not in able:
            return "not-your-task"
        return GRANTED if late else "not-late-in-record"

    return verdict


def granting(situation: Situation, who: str) -> str:
    """Return what deciding about more time must lead to that Rina has asked for: it is her superior's."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in HOLDERS[SUPERIOR[situation.post]] else "not-your-task"


def consulting(whom: str) -> Callable[[Situation, str], str]:
    """Return the verdict on asking one person of the JFT Prakom, as a colleague of the post, for an opinion."""

    def verdict(situation: Situation, who: str) -> str:
        found = deciding(situation, who, "note")
        if found == GRANTED and situation.left_to_admins:
            # They decide in the place of a vacant post, which has no colleagues.
            return "nobody-to-consult"
        # At a post that they hold alone there is no colleague to be asked but themselves.
        alone = HOLDERS[situation.post] == {who}
        return "own-opinion" if found == GRANTED and (who == whom or alone) else found

    return verdict


def consulting_a_post(post: str) -> Callable[[Situation, str], str]:
    """Return the verdict on asking who holds a post for an opinion."""

    def verdict(situation: Situation, who: str) -> str:
        found = deciding(situation, who, "note")
        if found == GRANTED and post == situation.vacant:
            return "nobody-to-consult"
        return "own-opinion" if found == GRANTED and HOLDERS[post] == {who} else found

    return verdict


def advising(_: Situation, who: str) -> str:
    """Return what giving an opinion must lead to that Rina has asked of the Kadiv."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in HOLDERS["kadiv"] else "not-your-task"


def recalling(_: Situation, who: str) -> str:
    """Return what an attempt must lead to that would recall the last task of a case: it has forwarded nothing."""
    return "not-registered" if who in NOBODY else "not-your-task"


def recalling_what_was_sent(situation: Situation, who: str) -> str:
    """Return what an attempt to recall the task before the last one must lead to."""
    if who in NOBODY:
        return "not-registered"
    if not situation.sent_by or who != situation.sent_by:
        return "not-your-task"
    if situation.ended:
        return "case-closed"
    return "recall-too-late" if situation.started else GRANTED


def withdrawing(situation: Situation, who: str) -> str:
    """Return what an attempt to withdraw the report must lead to: fellow reporters take out their own part alone."""
    found = reporting(situation, who)
    if found != GRANTED or who == situation.fellow:
        return found
    if situation.begun:
        return "handling-begun"
    return "others-joined" if situation.fellow else GRANTED


def reporting(situation: Situation, who: str) -> str:
    """Return what an attempt must lead to at what only the reporters of an open report may do."""
    if who in NOBODY:
        return "not-registered"
    if who not in situation.reporters:
        return "not-your-task"
    return "case-closed" if situation.ended else GRANTED


def joining(situation: Situation, who: str) -> str:
    """Return what “saya juga” at a case must lead to: until its work is handed in, unless it is confidential."""
    if who in NOBODY:
        return "not-registered"
    if situation.ended or situation.confidential or situation.step > HANDLE:
        return "not-joinable"
    return "already-joined" if who in situation.reporters else GRANTED


def merging(situation: Situation, who: str) -> str:
    """Return what an attempt to merge a case with itself must lead to."""
    found = deciding(situation, who, "merge")
    return "not-joinable" if found == GRANTED else found


def parting_nothing(_: Situation, who: str) -> str:
    """Return what an attempt to part a report must lead to that is none."""
    return "not-registered" if who in NOBODY else "not-joined"


def merging_with_another(situation: Situation, who: str) -> str:
    """Return what an attempt to merge a case with another at its first step must lead to."""
    return deciding(situation, who, "merge")


def parting(situation: Situation, who: str) -> str:
    """Return what an attempt to part the report of the fellow must lead to: it is for those who decide step 1."""
    found = parting_nothing(situation, who)
    if who in NOBODY or not situation.fellow:
        return found
    if who not in HOLDERS[STEPS[1][0]]:
        return "not-your-task"
    return "case-closed" if situation.ended else GRANTED


def looking(situation: Situation, who: str, *, whole: bool) -> str:
    """Return what an attempt to look at a case must lead to; `whole` where its words and files are asked for.

    A fellow reporter sees where it stands: the words of the reporter are not theirs to read.
    """
    if who in NOBODY:
        return "not-registered"
    if who in situation.readers or who == situation.reporter:
        return GRANTED
    stands = situation.overseers | situation.former | {situation.fellow}
    return GRANTED if who in stands and not whole else "unknown-case"


def evaluated(situation: Situation, who: str) -> str:
    """Return what asking for the Laporan Evaluasi must lead to: there is none to be had before it was submitted."""
    if who in NOBODY:
        return "not-registered"
    submitted = situation.step > HANDLE or "returned" in situation.name
    return GRANTED if submitted and who in situation.readers else "unknown-case"


def opening(situation: Situation, who: str) -> str:
    """Return what asking for the task's card must lead to."""
    if who in NOBODY:
        return "not-registered"
    if situation.ended:
        return "task-already-decided" if who in HOLDERS[situation.post] else "not-your-task"
    return GRANTED if who in situation.entitled else "not-your-task"


def answering(situation: Situation, who: str) -> str:
    """Return what an answer to the reporter's open question must lead to."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who == situation.reporter else "not-your-task"


def judging(situation: Situation, who: str) -> str:
    """Return what telling whether the result helped must lead to: each reporter has a verdict of their own."""
    if who in NOBODY:
        return "not-registered"
    if who not in situation.reporters:
        return "not-your-task"
    return GRANTED if situation.ended else "case-open"


def rating(situation: Situation, who: str) -> str:
    """Return what rating the result must lead to: each reporter may, and nobody has said 👍 in any situation."""
    found = judging(situation, who)
    return "card-out-of-date" if found == GRANTED else found


def appraising(situation: Situation, who: str) -> str:
    """Return what feedback on the work must lead to: it is the direct superior's, once a case was handled and ended."""
    if who in NOBODY:
        return "not-registered"
    if who not in situation.superiors_of_work:
        return "not-your-task"
    return GRANTED if situation.ended else "case-open"


def administering(_: Situation, who: str) -> str:
    """Return what an admin's button must lead to."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in ADMINS else "not-admin"


def taking_the_register(_: Situation, who: str) -> str:
    """Return what a button of the register must lead to: for the head, those who keep the SOP, and the admins."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in ADMINS | WATCHERS | HOLDERS["kakanwil"] else "register-not-yours"


def looking_over(_: Situation, who: str) -> str:
    """Return what a button of the board must lead to: for those who look over the office, or over posts below."""
    if who in NOBODY:
        return "not-registered"
    superiors = {one for post in SUPERIOR.values() for one in HOLDERS[post]}
    return GRANTED if who in ADMINS | WATCHERS | HOLDERS["kakanwil"] | superiors else "board-not-yours"


def seeing_figures(_: Situation, who: str) -> str:
    """Return what a button of the statistics must lead to: for those who hold a post, and for the admins."""
    if who in NOBODY:
        return "not-registered"
    officials = set[str]().union(*HOLDERS.values())
    return GRANTED if who in ADMINS | WATCHERS | officials else "statistics-not-yours"


def month_of(*names: str) -> Callable[[Situation, str], str]:
    """Return the verdict on a button that shows what these JFT Prakom handled: to each of them, and to those above."""
    above = {one for post, held in HOLDERS.items() if post != "jft-prakom" for one in held}

    def verdict(_: Situation, who: str) -> str:
        if who in NOBODY:
            return "not-registered"
        return GRANTED if all(who == name or who in above for name in names) else "recap-not-yours"

    return verdict


def administering_but(refusal: str) -> Callable[[Situation, str], str]:
    """Return the verdict on an admin's button that has nothing to work with: an admin gets this refusal."""

    def verdict(situation: Situation, who: str) -> str:
        found = administering(situation, who)
        return refusal if found == GRANTED else found

    return verdict


def seconding(_: Situation, who: str) -> str:
    """Return what a button on the proposal of the only admin must lead to: the head of the office agrees."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in HOLDERS["kakanwil"] else "proposal-over"


def for_oneself(_: Situation, who: str) -> str:
    """Return what a button on one's own draft or list must lead to."""
    return "not-registered" if who in NOBODY else GRANTED


def not_registering(_: Situation, who: str) -> str:
    """Return what the card of a registration must lead to for whoever is in the middle of none."""
    return "not-registered" if who in NOBODY else "card-out-of-date"


def managing(_: Situation, who: str) -> str:
    """Return what a button on the absence that lies ahead must lead to: it is its person's business, and an admin's."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who in ADMINS | {ON_LEAVE_LATER} else "not-admin"


def standing_in(_: Situation, who: str) -> str:
    """Return what answering the request to stand in must lead to."""
    if who in NOBODY:
        return "not-registered"
    return GRANTED if who == ASKED else "request-over"


def releasing(situation: Situation, who: str) -> str:
    """Return what sending a Plh. away must lead to, where nobody stands in yet."""
    found = managing(situation, who)
    return "request-over" if found == GRANTED else found


def leaving(_: Situation, who: str) -> str:
    """Return what filing an absence from today on must lead to."""
    if who in NOBODY:
        return "not-registered"
    if who in AWAY:
        return "already-away"
    return GRANTED if any(who in held for held in HOLDERS.values()) else "nothing-to-stand-in-for"


def typing_days(_: Situation, who: str) -> str:
    """Return what other words than days must lead to where days are expected."""
    return "not-registered" if who in NOBODY else "days-invalid"
