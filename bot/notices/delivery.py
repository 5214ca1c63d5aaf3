"""The calls to Telegram that carry out a plan: messages, edits, files, papers and registers."""

import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from typing import Any, assert_never

from telegram.error import BadRequest

from bot.notices import sending
from bot.notices.job import Delivered, Job, LostFile, Progress, lost_file
from bot.notices.keeping import Keeping
from bot.notices.outcomes import Outcomes
from bot.notices.places import Place
from bot.notices.printing import Printing
from bot.notices.registers import Registers
from bot.notices.spares import Spares
from bot.telegram.fate import Fate, fate_of
from bot.telegram.line import Line
from handlers.delivery.plan import Delete, Edit, Nothing, Send, SendFiles, SendPaper, SendRegister
from models.mail.notice import Priority

logger = logging.getLogger(__name__)

Turn = Callable[[int], Coroutine[Any, Any, None]]
"""Waits for the turn of the chat, for so many messages; asked before each call to Telegram."""


class Delivery:
    """Carries out jobs at Telegram. How far the files of a job have come is kept as they leave.

    Without `spares` no file is sent out of the archive, without `printing` only the words of a paper are sent, and
    without `registers` no register can be made.
    """

    def __init__(self, *, bot: Line, outcomes: Outcomes, keeping: Keeping) -> None:
        self._bot = bot
        self._outcomes = outcomes
        self._keeping = keeping
        self.spares: Spares | None = None
        self.printing: Printing | None = None
        self.registers: Registers | None = None

    async def deliver(self, job: Job, turn: Turn, place: Place[Priority]) -> Delivered:
        """Make the calls to Telegram of the job's plan, each after its `turn`.

        Raises `TelegramError`, `ArchiveFailed`, and what `turn` raises.
        """
        plan = job.plan
        match plan:
            case Send():
                await turn(1)
                return Delivered(job, message_id=await sending.send(self._bot, plan))
            case Edit():
                gone = set()
                for message_id in plan.message_ids:
                    await turn(1)
                    if not await sending.edit(self._bot, plan, message_id):
                        gone.add(message_id)
                return Delivered(job, gone=frozenset(gone))
            case Delete():
                for message_id in plan.message_ids:
                    await turn(1)
                    await sending.remove(self._bot, plan, message_id)
            case SendFiles():
                return Delivered(job, lost=await self._files(job, plan, turn))
            case SendPaper():
                return Delivered(job, message_id=await self._paper(plan, turn))
            case SendRegister():
                await self._register(plan, turn, place)
            case Nothing():
                pass
            case _:
                assert_never(plan)
        return Delivered(job)

    async def _paper(self, plan: SendPaper, turn: Turn) -> int:
        """Send a paper with the words under it, and return its `message_id`."""
        if self.printing is not None:
            return await self.printing.send(plan, partial(turn, 1))
        await turn(1)
        return await sending.send_words(self._bot, plan)

    async def _register(self, plan: SendRegister, turn: Turn, place: Place[Priority]) -> None:
        """Make a register and send it; others have the place while it is made. Says why where none can be sent."""
        if self.registers is None:
            raise LookupError("nothing makes registers here")
        async with AsyncExitStack() as open_file:
            async with place.left():
                made = await open_file.enter_async_context(self.registers.made(plan))
            await turn(1)
            if made.file is None:
                await sending.send(self._bot, Send(plan.chat_id, made.words, silent=plan.silent))
            else:
                await sending.send_register(self._bot, plan, made.file, name=made.name, caption=made.words)

    async def _files(self, job: Job, plan: SendFiles, turn: Turn) -> tuple[LostFile, ...]:
        """Send the files that no earlier attempt has sent. Returns those that Telegram refuses."""
        progress = job.progress
        files: Sequence[sending.File] = plan.files[progress.sent :]
        if self.spares is not None:
            files = await self.spares.present(job.notice_id, files)
        for batch in sending.albums(files):
            progress = await self._batch(job, plan, batch, turn, progress)
        return progress.lost

    async def _batch(
        self, job: Job, plan: SendFiles, batch: Sequence[sending.File], turn: Turn, progress: Progress
    ) -> Progress:
        """Send one batch and keep the progress. Of a batch that is refused, each file is tried by itself.

        A file that is refused by itself is sent out of the archive. The caption stands under the first file that
        arrives.
        """
        if plan.caption and not progress.arrived and sending.needs_heading(batch):
            await turn(1)
            await sending.send_heading(self._bot, plan)
            progress = replace(progress, headed=True)
            await self._keep_progress(job, progress)
        await turn(len(batch))
        lost: tuple[LostFile, ...] = ()
        caption = "" if progress.arrived else plan.caption
        try:
            await sending.send_files(self._bot, plan, batch, caption=caption)
        except BadRequest as error:
            if fate_of(error) is not Fate.REFUSED:
                raise
            if len(batch) > 1:
                for file in batch:
                    progress = await self._batch(job, plan, [file], turn, progress)
                return progress
            if not await self._spare(job, plan, batch[0], turn, caption):
                lost = (lost_file(batch[0], position=progress.sent + 1, why=error.message),)
                logger.warning("a file could not be sent", extra={"notice": job.notice_id})
        after = replace(progress, sent=progress.sent + len(batch), lost=(*progress.lost, *lost))
        await self._keep_progress(job, after)
        return after

    async def _spare(self, job: Job, plan: SendFiles, file: sending.File, turn: Turn, caption: str) -> bool:
        """Send a file out of the archive, and keep the identifier that it has got. Returns whether it has arrived.

        Raises `ArchiveFailed` where it is to be tried again.
        """
        spare = None if self.spares is None else await self.spares.of(job.notice_id, file, attempt=job.attempt)
        if spare is None or self.spares is None:
            return False
        await turn(1)
        try:
            file_id = await sending.send_up(self._bot, plan, file, spare.content, name=spare.name, caption=caption)
        except BadRequest as error:
            if fate_of(error) is not Fate.REFUSED:
                raise
            return False
        if file_id is not None:
            await self.spares.keep(file, spare, file_id)
        return True

    async def _keep_progress(self, job: Job, progress: Progress) -> None:
        await self._keeping.keep(job, partial(self._outcomes.keep_progress, notice_id=job.notice_id, progress=progress))
