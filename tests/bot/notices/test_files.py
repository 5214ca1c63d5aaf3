"""Files on their way out: in albums of their kind, each once, without keeping others waiting."""

import asyncio

import pytest

from bot.loop.pauses import Pauses
from bot.notices.courier import SIDE_BY_SIDE
from bot.notices.pace import OwnPace, Rate, Rates, Resting
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.files import FileKind
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from models.case.attachment import AttachmentKind
from models.mail.notice import NoticeState
from tests.bot.notices.post import GROUP, Office, Post, media, note


async def test_files_travel_in_albums_of_their_kind(post: Post, budi: Person, sandbox: Sandbox) -> None:
    photo = media(budi.sends_photo())
    document = media(budi.sends_document("surat.pdf", "application/pdf", 1000))
    voice, video = media(budi.sends_voice()), media(budi.sends_video())
    kinds = [("photo", photo), ("video", video), *[("photo", photo)] * 11, ("document", document)]
    kinds += [("document", document), ("voice", voice), ("photo", photo)]
    await post.owe(note(files=[{"kind": kind, "file_id": file_id} for kind, file_id in kinds]))
    sent = [call.method for call in sandbox.calls if call.method.startswith("send")]
    assert sent == ["sendMediaGroup", "sendMediaGroup", "sendMediaGroup", "sendVoice", "sendPhoto"]
    assert len(budi.received) == len(kinds)
    assert [message.words for message in budi.received if message.words] == ["Lampiran"]
    assert all(message.silent for message in budi.received)


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (AttachmentKind.PHOTO, "sendPhoto"),
        (AttachmentKind.DOCUMENT, "sendDocument"),
        (AttachmentKind.VIDEO, "sendVideo"),
        (AttachmentKind.VOICE, "sendVoice"),
        (AttachmentKind.AUDIO, "sendAudio"),
    ],
)
@pytest.mark.databases("sqlite")
async def test_a_file_alone_is_sent_as_what_it_is(
    post: Post, budi: Person, sandbox: Sandbox, kind: AttachmentKind, method: str
) -> None:
    file_id = sandbox.world.files.add(FileKind(kind)).file_id
    await post.owe(note(files=[{"kind": kind.value, "file_id": file_id}]))
    assert [call.method for call in sandbox.calls if call.method.startswith("send")] == [method]
    assert [message.words for message in budi.received] == ["Lampiran"]


@pytest.mark.databases("sqlite")
async def test_a_round_video_with_a_heading_is_paced_as_the_two_messages_that_it_is(
    post: Post, budi: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, turn = list[int](), post.pace.turn

    async def count(chat_id: int, cost: int = 1, *, resting: Resting | None = None) -> None:
        counted.append(cost)
        await turn(chat_id, cost, resting=resting)

    monkeypatch.setattr(post.pace, "turn", count)
    file = {"kind": "video-note", "file_id": media(budi.sends_video_note())}
    await post.owe(note(files=[file, file]))
    assert counted == [1, 1, 1]
    sent = [call.method for call in sandbox.calls if call.method.startswith("send")]
    assert sent == ["sendMessage", "sendVideoNote", "sendVideoNote"]


async def test_the_heading_of_a_round_video_is_sent_once_however_often_the_video_is_tried(
    post: Post, budi: Person, sandbox: Sandbox
) -> None:
    good = {"kind": "video-note", "file_id": media(budi.sends_video_note())}
    photo = {"kind": "photo", "file_id": media(budi.sends_photo())}
    sandbox.faults.next("sendVideoNote", Fault(Trouble.BAD_GATEWAY), Fault(Trouble.BAD_GATEWAY))
    await post.owe(note(files=[{"kind": "video-note", "file_id": "gone", "name": ""}, good, photo]))
    assert [one.words for one in budi.received if "Lampiran" in one.words] == ["Lampiran"]
    assert len([one for one in budi.received if one.media]) == 2


async def test_files_that_were_sent_are_not_sent_again(post: Post, budi: Person, sandbox: Sandbox) -> None:
    photo = media(budi.sends_photo())
    sandbox.faults.next("sendVoice", Fault(Trouble.BAD_GATEWAY), Fault(Trouble.BAD_GATEWAY))
    voice = media(budi.sends_voice())
    files = [{"kind": kind, "file_id": file_id} for kind, file_id in [*[("photo", photo)] * 12, ("voice", voice)]]
    await post.owe(note(files=files))
    assert len(budi.received) == 13
    assert [call.method for call in sandbox.calls].count("sendMediaGroup") == 2
    assert await post.outcome() == [NoticeState.SENT]


async def test_long_lists_of_files_do_not_keep_everybody_else_waiting(
    post: Post, budi: Person, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = media(budi.sends_photo())

    async def never(_: float) -> None:
        await asyncio.Event().wait()

    groups = [sandbox.group(GROUP - number, "Bagian", [budi]) for number in range(SIDE_BY_SIDE)]
    limited = OwnPace(Rates(private=Rate(1e9, 1e9), group=Rate(1e-3, 1), overall=Rate(1e9, 1e9)), sleep=never)
    monkeypatch.setattr(post.courier, "_pace", limited)
    monkeypatch.setattr(post.courier, "_pauses", Pauses(never))
    files = [{"kind": "photo", "file_id": photo}] * 11
    lists = [note(chat=group.chat_id, files=files) for group in groups]
    await post.database.transact(lambda session: session.add_all(lists))
    await sandbox.until(lambda: len(sandbox.calls) >= SIDE_BY_SIDE, within=5, why="No list was begun")
    await post.database.transact(lambda session: session.add(note("Halo")))
    await budi.awaits("Halo")


@pytest.mark.parametrize("bad", [0, 1, 3], ids=["the first", "one in the middle", "the last of the album"])
async def test_one_file_that_telegram_refuses_keeps_no_other_back(
    post: Post, budi: Person, office: Office, bad: int
) -> None:
    files = [{"kind": "photo", "file_id": media(budi.sends_photo()), "name": ""} for _ in range(4)]
    files += [{"kind": "document", "file_id": media(budi.sends_document()), "name": "surat.pdf"}]
    files[bad] = files[bad] | {"file_id": "gone"}
    await post.owe(note(files=files, data={"number": "SW-2026-0147"}))

    arrived = [one for one in budi.received if one.media]
    assert len(arrived) == 4
    assert [one.words for one in arrived if one.words] == ["Lampiran"], (
        "the caption stands under the first that arrives"
    )
    assert arrived[0].words == "Lampiran"
    first, told, alert = await post.notices()
    assert first.state == NoticeState.SENT
    lost = [{"position": bad + 1, "kind": "photo", "name": "", "why": "Wrong file identifier/http url specified"}]
    assert told.body["code"] == "files-lost"
    assert told.body["data"] == {"number": "SW-2026-0147", "lost": lost}
    assert (alert.chat_id, alert.body["code"]) == (office.account["admin"], "alert-files-lost")
    assert alert.body["data"]["number"] == "SW-2026-0147"


@pytest.mark.databases("sqlite")
async def test_a_file_that_was_refused_is_not_tried_again_after_a_pause(
    post: Post, budi: Person, sandbox: Sandbox
) -> None:
    voice = media(budi.sends_voice())
    sandbox.faults.next("sendVoice", Fault(Trouble.BAD_GATEWAY))
    await post.owe(note(files=[{"kind": "document", "file_id": "gone"}, {"kind": "voice", "file_id": voice}]))
    assert [call.method for call in sandbox.calls].count("sendDocument") == 1
    assert [one.words for one in budi.received if one.media] == ["Lampiran"]
    told = [one for one in await post.notices() if one.body.get("code") == "files-lost"]
    assert [one.body["data"]["lost"][0]["position"] for one in told] == [1]


@pytest.mark.databases("sqlite")
async def test_where_every_file_is_refused_all_of_them_are_named(post: Post) -> None:
    await post.owe(note(files=[{"kind": "photo", "file_id": "gone"}] * 3))
    (told,) = [one for one in await post.notices() if one.body.get("code") == "files-lost"]
    assert [one["position"] for one in told.body["data"]["lost"]] == [1, 2, 3]
