"""I3 and I8 from the stand-in's side: how often each thing was sent, whether what people see is how it stands."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.cast import Cast
from bot.sandbox.chats import Chat, ChatKind, Message
from bot.sandbox.world import Call
from tests.crash.record import Record, Row
from tests.crash.violation import Violation


@dataclass(frozen=True, slots=True)
class Lost:
    """An account that was taken from its owner, who came back as `now`; it had pressed so many buttons until then."""

    account: int
    now: int
    presses: int


_MESSAGES = frozenset({"card", "warn", "late", "escalate", "repeat", "summary", "digest", "say", "alert"})
"""The kinds of notice that become one new message each."""


def doubled(kept: Record, cast: Cast, *, kills: int | None, lost: Sequence[Lost] = ()) -> Iterator[Violation]:
    """I3: in each chat, as many messages as notices, and at most one more for each send whose fate was unknown.

    What was being sent to an account at the moment it was taken from its owner may have arrived, and is owed no more.
    """
    taken = {one.account for one in lost}
    broken_off: Counter[int] = Counter()
    sent = _sent(cast, "sendMessage")
    least: Counter[int] = Counter()
    doubtful: Counter[int] = Counter()
    for notice in kept.outbox:
        if notice["kind"] in _MESSAGES:
            least[notice["chat_id"]] += notice["state"] == "sent"
            doubtful[notice["chat_id"]] += notice["doubtful"]
            if notice["chat_id"] in taken and notice["state"] == "not-needed" and notice["attempts"]:
                broken_off[notice["chat_id"]] += 1
    for chat_id in least.keys() | sent.keys():
        expected, most = least[chat_id], least[chat_id] + doubtful[chat_id]
        if kills is not None:
            # One send at a time is under way in a chat.
            most = min(most, expected + kills)
        most += broken_off[chat_id]
        if not expected <= sent[chat_id] <= most:
            found = f"got {sent[chat_id]} messages for {expected} notices ({doubtful[chat_id]} sends in doubt)"
            yield Violation("I3", f"chat {chat_id}", found)
    yield from _doubled_cards(kept, cast)


def _doubled_cards(kept: Record, cast: Cast) -> Iterator[Violation]:
    notices: dict[int, list[Row]] = defaultdict(list)
    for notice in kept.outbox:
        if notice["card_id"] is not None and notice["kind"] in _MESSAGES:
            notices[notice["card_id"]].append(notice)
    sends: Counter[int] = Counter()
    for call in cast.calls:
        if call.method == "sendMessage" and call.error is None:
            shown = {kept.card_of_token[token]["card_id"] for token in _tokens(call) if token in kept.card_of_token}
            sends.update(shown)
    for card_id, count in sends.items():
        most = sum(1 + one["doubtful"] for one in notices[card_id])
        if count > most:
            yield Violation("I3", f"card {card_id}", f"was sent {count} times, which {most} sends would explain")


def _sent(cast: Cast, method: str) -> Counter[int]:
    return Counter(int(call.params["chat_id"]) for call in cast.calls if call.method == method and call.error is None)


def _tokens(call: Call) -> list[str]:
    markup = call.params.get("reply_markup")
    rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def _present_account(lost: Sequence[Lost]) -> Callable[[int], int]:
    """Return what tells the account that the owner of an account has now."""
    later = {one.account: one.now for one in lost}

    def present(account: int) -> int:
        while account in later:
            account = later[account]
        return account

    return present


def _forwarded_with_others(task_id: int, account: int, on_lists: Collection[tuple[int, str, str]]) -> bool:
    """Whether an account chose the card of a task on a list and forwarded what it had chosen."""
    ways = ((account, "select-one", str(task_id)), (account, "select-all", ""))
    return (account, "forward-selected", "") in on_lists and any(way in on_lists for way in ways)


def decided_on_what_was_shown(kept: Record, cast: Cast, *, lost: Sequence[Lost] = ()) -> Iterator[Violation]:
    """I2: whoever decided a task tapped a button of the state that the task was in, not of an earlier one.

    Or they chose its card on a list, and forwarded what was chosen there. What was tapped with an account after it was
    taken from its owner decides nothing.
    """
    present, valid = _present_account(lost), {one.account: one.presses for one in lost}
    cards = {card["id"]: card for card in kept.cards}
    tapped: set[tuple[int, int, int]] = set()
    on_lists: set[tuple[int, str, str]] = set()
    for chat in cast.world.chats.values():
        for press in chat.presses[: valid.get(chat.chat_id)]:
            button = kept.card_of_token.get(press.data)
            if button is not None and cards[button["card_id"]]["kind"] == "queue":
                on_lists.add((present(press.person.account_id), button["action"], button["argument"]))
            elif button is not None and cards[button["card_id"]]["task_id"] is not None:
                tapped.add((present(press.person.account_id), cards[button["card_id"]]["task_id"], button["version"]))
    for task in kept.tasks:
        # A written reason decides too, without a button.
        if task["outcome"] is None or task["outcome"] in _WITH_REASON | _FROM_ELSEWHERE:
            continue
        account = kept.person[task["decided_by_id"]]["telegram_id"]
        if task["outcome"] == "forwarded" and _forwarded_with_others(task["id"], account, on_lists):
            continue
        # Deciding is the last change of a task, and raises its version by one.
        if (account, task["id"], task["version"] - 1) not in tapped:
            found = f"was {task['outcome']} by {account}, who tapped no button of version {task['version'] - 1}"
            yield Violation("I2", f"task {task['id']}", found)


def said_as_often(kept: Record, cast: Cast, *, lost: Sequence[Lost] = ()) -> Iterator[Violation]:
    """I1: what the journal quotes was said, and as often as it is quoted."""
    present = _present_account(lost)
    said = Counter(
        (present(message.sender.account_id), message.words.strip())
        for chat in cast.world.chats.values()
        for message in chat.messages.values()
        if not message.from_bot
    )
    quoted = Counter(
        (kept.person[entry["actor_id"]]["telegram_id"], entry["body"]["text"].strip())
        for entries in kept.entries.values()
        for entry in entries
        if entry["action"] in _QUOTING and entry["body"].get("text")
    )
    for (account, text), count in quoted.items():
        if count > said[account, text]:
            found = f"stands {count} times in the journal and was said {said[account, text]} times"
            yield Violation("I1", f"“{text}” by {account}", found)


_QUOTING = frozenset({"note", "ask", "answer", "add", "consult", "advise", "explain"})
_LOOKING = frozenset({"timeline", "position", "open-next", "disposition-sheet", "evaluation-report", "explain"})
"""What a decided card, and a copy that was read, still offer: it decides nothing."""

_ASKING = frozenset({"back"})
"""What a decided card offers while it asks why it was late."""

_WITH_REASON = frozenset({"returned", "sent-back", "declined"})
_FROM_ELSEWHERE = frozenset({"recalled", "withdrawn"})
"""How a task ends by a button that stands on another card."""


def converged(
    kept: Record, cast: Cast, *, at: datetime, removed: Collection[int], lost: Sequence[Lost] = ()
) -> Iterator[Violation]:
    """I8: what can be tapped is alive and says the present state; who may decide something sees it once.

    In the chat of an account that was taken from its owner buttons may be left, without force; no card lives there.
    """
    taken = {one.account for one in lost}
    yield from _living_in(taken, kept)
    cards = {card["id"]: card for card in kept.cards}
    for chat in cast.world.chats.values():
        if chat.kind is ChatKind.PRIVATE and not chat.blocked and chat.chat_id not in taken:
            yield from _tappable(kept, chat, cards)
    tasks = {task["id"]: task for task in kept.tasks}
    served: Counter[tuple[int, int]] = Counter()
    for card in kept.cards:
        if card["message_id"] is None or card["message_id"] in removed:
            continue
        shown = _message(cast, card["chat_id"], card["message_id"])
        if shown is None:
            continue
        name = f"card {card['id']} ({card['kind']}) in chat {card['chat_id']}"
        if shown.deleted and card["live"]:
            yield Violation("I8", name, "lives and is gone from the chat")
        if card["kind"] == "task" and card["live"]:
            task = tasks[card["task_id"]]
            if task["closed_at"] is not None and not _may_be_recalled(kept, task, card):
                yield Violation("I8", name, f"lives, but task {task['id']} is decided")
            elif not _data(shown):
                yield Violation("I8", name, "lives and has no buttons")
            else:
                served[card["person_id"], task["id"]] += 1
    for task in kept.tasks:
        if task["closed_at"] is None:
            yield from _served(kept, task, served, at=at, removed=removed)


def _may_be_recalled(kept: Record, task: Row, card: Row) -> bool:
    """Whether a decided card may live: its person has forwarded the case, and nobody has acted on it since."""
    tasks = kept.tasks_of[task["case_id"]]
    own = task["outcome"] == "forwarded" and card["person_id"] == task["decided_by_id"]
    if not own or len(tasks) < 2 or tasks[-2]["id"] != task["id"] or tasks[-1]["closed_at"] is not None:
        return False
    entries = kept.entries.get(kept.case[task["case_id"]]["chain_id"], [])
    opened = max((place for place, entry in enumerate(entries) if "opened" in (entry["body"] or {})), default=-1)
    return not any(entry["action"] in {"start", "ask", "note", "attach", "consult"} for entry in entries[opened + 1 :])


def _living_in(taken: Collection[int], kept: Record) -> Iterator[Violation]:
    """No card lives in the chat of an account that was taken from its owner."""
    for card in kept.cards:
        if card["live"] and card["chat_id"] in taken:
            yield Violation("I8", f"card {card['id']} ({card['kind']})", f"lives in the lost chat {card['chat_id']}")


def _served(
    kept: Record, task: Row, served: Counter[tuple[int, int]], *, at: datetime, removed: Collection[int]
) -> Iterator[Violation]:
    """Everyone who may decide an open task has one living card of it, everyone else none.

    Those are whom it was given to, while they hold the post and have an account; the colleagues who have one, while
    they have none; all who hold the post, where it was given to nobody who still does.
    """
    holding = {one["id"]: one for one in kept.holders(task["post"], at)}
    deciders: Collection[int] = holding.keys()
    if task["assignee_id"] in holding:
        bound = {one for one, person in holding.items() if person["telegram_id"] is not None}
        own = {task["assignee_id"]}
        deciders = own if own & bound else bound or own
    for person_id in deciders:
        person = holding[person_id]
        reachable = person["telegram_id"] is not None and person["unreachable_since"] is None
        count = served[person_id, task["id"]]
        if count > 1 or (reachable and not count and not removed):
            yield Violation("I8", f"task {task['id']}", f"shows {count} living cards to {person['name']}")
    for (person_id, task_id), count in served.items():
        if task_id == task["id"] and person_id not in deciders:
            yield Violation("I8", f"task {task_id}", f"shows {count} living cards to person {person_id}, not a holder")


def _tappable(kept: Record, chat: Chat, cards: dict[int, Row]) -> Iterator[Violation]:
    """Every button in a chat belongs to a living card in its present version, or to a twin that nobody knows of.

    A decided card may keep those that only look.
    """
    versions = {task["id"]: task["version"] for task in kept.tasks}
    strangers: Counter[int] = Counter()
    for message in chat.visible:
        tokens = _data(message) if message.from_bot else []
        for token in tokens:
            if token not in kept.card_of_token:
                yield Violation(
                    "I8", f"message {message.message_id} to {chat.title}", f"has a button nobody made: {token}"
                )
        owners = {kept.card_of_token[token]["card_id"] for token in tokens if token in kept.card_of_token}
        for card_id in owners:
            card = cards[card_id]
            if message.message_id not in (card["message_id"], card["twin_id"]):
                strangers[card_id] += 1
                continue
            name = f"card {card_id} ({card['kind']}) in the chat of {chat.title}"
            asked = {kept.card_of_token[token]["action"] for token in tokens if token in kept.card_of_token}
            offered = _ASKING if card["mode"] == "expects-late-reason" else _LOOKING
            if not card["live"] and not (card["kind"] in {"task", "copy"} and asked <= offered):
                yield Violation("I8", name, "has lost its force and can still be tapped")
            drawn = {kept.card_of_token[token]["version"] for token in tokens if token in kept.card_of_token}
            if card["kind"] == "task" and drawn != {versions[card["task_id"]]}:
                yield Violation(
                    "I8", name, f"has buttons of version {drawn}, the task is at {versions[card['task_id']]}"
                )
    for card_id, count in strangers.items():
        doubt = sum(one["doubtful"] for one in kept.outbox if one["card_id"] == card_id)
        if count > doubt:
            yield Violation("I8", f"card {card_id} in the chat of {chat.title}", f"has {count} twins, {doubt} in doubt")


def _data(message: Message) -> list[str]:
    return [button.data for row in message.buttons for button in row if button.data is not None]


def _message(cast: Cast, chat_id: int, message_id: int) -> Message | None:
    chat = cast.world.chats.get(chat_id)
    return chat.messages.get(message_id) if chat is not None else None


def twins(kept: Record, cast: Cast) -> list[tuple[Chat, Message]]:
    """Return the messages with buttons that no card knows of: what a send left behind whose fate was unknown."""
    known = {one for card in kept.cards for one in (card["message_id"], card["twin_id"])}
    return [
        (chat, message)
        for chat in cast.world.chats.values()
        for message in chat.visible
        if message.from_bot and _data(message) and message.message_id not in known
    ]
