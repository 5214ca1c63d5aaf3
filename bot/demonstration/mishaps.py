"""Troubles on request: somebody blocks the bot, the network is cut, the process is killed. Each says what survived."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.demonstration.halting import Hindrance
from bot.demonstration.ledger import Ledger, worded
from bot.demonstration.mortal import Mortal
from bot.demonstration.stage import Scene
from bot.demonstration.story import KADIV
from bot.sandbox.chats import Json
from bot.sandbox.faults import EVERY_METHOD, Fault, Trouble

_KEPT = 6
"""Lines that stay told."""

_TOLD_OF_A_BLOCK = (
    "Admin diberi tahu, dan bila ada tugas menunggu juga atasan dan pemantau. "
    "Begitu blokir dibuka, kartunya dikirim lagi."
)


class Mishaps:
    """The troubles of one scene. Who taps while the bot is away is answered when it is back."""

    def __init__(self, scene: Scene, bot: Mortal, ledger: Ledger) -> None:
        self._scene = scene
        self._bot = bot
        self._ledger = ledger
        self._victim = KADIV if KADIV in scene.people else scene.actors[-1].name
        self._cut = False
        self._lock = asyncio.Lock()
        self._told: list[Json] = []

    @property
    def actions(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What may be asked for, by name."""
        return {
            "block": self._block,
            "unblock": self._unblock,
            "cut": self._cut_off,
            "mend": self._mend,
            "kill": self._kill,
            "revive": self._revive,
        }

    def view(self) -> list[Json]:
        """Return the buttons: for each trouble the one that begins it, or the one that ends it."""
        blocked = self._scene.people[self._victim].blocked
        return [
            _button("unblock", f"Buka blokir {self._victim}")
            if blocked
            else _button("block", f"{self._victim} memblokir bot"),
            _button("mend", "Sambungkan jaringan") if self._cut else _button("cut", "Putuskan jaringan"),
            _button("kill", "Matikan proses bot") if self._bot.lives else _button("revive", "Hidupkan bot lagi"),
        ]

    def hindrances(self) -> list[Hindrance]:
        """Return what keeps a play from going on, each with the button that ends it."""
        blocked = [name for name, person in self._scene.people.items() if person.blocked and name != self._victim]
        found = {"unblock": f"{self._victim} memblokir bot", "mend": "jaringan putus", "revive": "proses bot mati"}
        return [
            *(Hindrance(f"{name} memblokir bot", f"“Diblokir” di chat {name}") for name in blocked),
            *(Hindrance(found[one["do"]], f"“{one['label']}”") for one in self.view() if one["do"] in found),
        ]

    @property
    def told(self) -> list[Json]:
        """What became of the troubles so far, the newest first."""
        return self._told

    async def act(self, do: str) -> None:
        """Begin or end a trouble, one after the other."""
        async with self._lock:
            await self.actions[do]()

    async def _block(self) -> None:
        self._scene.people[self._victim].blocks_bot()
        await self._settled()
        standing = await self._ledger.standing()
        self.tell(
            f"{self._victim} memblokir bot. Tugasnya tetap miliknya dan jamnya tetap berjalan: {standing}. "
            + (self._away or _TOLD_OF_A_BLOCK)
        )

    async def _unblock(self) -> None:
        self._scene.people[self._victim].unblocks()
        await self._settled()
        back = self._away or "Bila ada tugas menunggu, kartunya ada di percakapannya lagi."
        self.tell(f"{self._victim} membuka blokir. {back} {await self._proof()}")

    async def _cut_off(self) -> None:
        self._cut = True
        self._scene.sandbox.faults.sometimes(EVERY_METHOD, Fault(Trouble.RESET), rate=1.0)
        self.tell("Jaringan putus: bot tidak mencapai Telegram. Tetaplah mengetuk; ketukan menunggu di Telegram.")

    async def _mend(self) -> None:
        waiting, before = len(self._scene.sandbox.world.updates), await self._ledger.standing()
        self._scene.sandbox.faults.clear()
        self._cut = False
        if self._bot.lives:
            await self._bot.serves()
        await self._settled()
        self.tell(await self._survived("Jaringan tersambung", waiting, before.entries))

    async def _kill(self) -> None:
        await self._bot.kill()
        standing = await self._ledger.standing()
        self.tell(f"Proses bot dimatikan paksa (SIGKILL). Di cakram tetap ada: {standing}. Tetaplah mengetuk.")

    async def _revive(self) -> None:
        waiting, before = len(self._scene.sandbox.world.updates), await self._ledger.standing()
        await self._bot.begin()
        self.tell("Bot dihidupkan lagi dari yang ada di cakram; tunggu sebentar.")
        if not self._cut:
            # Cut off, it would not serve before the network is back, and the button for that would wait here.
            await self._bot.serves()
        await self._settled()
        self.tell(await self._survived("Bot hidup lagi", waiting, before.entries))

    @property
    def _away(self) -> str:
        """Why the bot does nothing of it yet, "" while it is at work."""
        if not self._bot.lives:
            return "Prosesnya mati: bot mengurus ini begitu dihidupkan lagi."
        return "Jaringan putus: bot mengurus ini begitu tersambung lagi." if self._cut else ""

    async def _settled(self) -> None:
        if not self._away:
            await self._bot.settle()

    async def _survived(self, what: str, waiting: int, entries: int) -> str:
        standing = await self._ledger.standing()
        more = standing.entries - entries
        left = len(self._scene.sandbox.world.updates)
        owed = f"{standing.owed} pesan bot belum terkirim" if standing.owed else "semua pesan bot sudah terkirim"
        if self._away:
            waits = f"{left} pesan dan ketukan menunggu" if left else "tidak ada yang menunggu"
            done = f"{waits}. {self._away}"
        elif waiting:
            done = f"dari {waiting} pesan dan ketukan yang menunggu, {waiting - left} sudah dijalankan"
            done += f" ({more} catatan baru); {owed}."
        else:
            done = f"tidak ada yang menunggu dan tidak ada yang hilang; {owed}."
        return f"{what}: {done} {await self._proof()}"

    async def _proof(self) -> str:
        return f"{worded(await self._ledger.verified())}."

    def tell(self, text: str) -> None:
        """Say on the page what has become of something, with the time of the office."""
        now = self._scene.clock.now().astimezone(self._scene.calendar.zone)
        self._told = [{"at": f"{now:%H.%M}", "text": text}, *self._told][:_KEPT]
        self._scene.sandbox.world.changed()


def _button(do: str, label: str) -> Json:
    return {"do": do, "label": label}
