"""What the page of the demonstration offers beside the chats, and what becomes of a press on it."""

from bot.demonstration.theatre import Theatre
from bot.sandbox.chats import Json


class Show:
    """The direction of one scene, as the stand-in asks for it."""

    def __init__(self, theatre: Theatre | None) -> None:
        self._theatre = theatre

    def view(self) -> Json:
        """Return what the page shows. An office with another SOP than the packaged one has no play."""
        return {"play": self._theatre.view()} if self._theatre is not None else {}

    async def act(self, do: str, fields: Json) -> None:  # noqa: ARG002 - some controls need more than their name
        """Do what a control of the page asks for. KeyError for what is not offered, ValueError where it cannot be."""
        theatre = self._theatre
        if theatre is None:
            raise KeyError(do)
        match do:
            case "play":
                theatre.start()
            case "pause":
                theatre.pause()
            case "resume":
                theatre.resume()
            case "hurry":
                theatre.hurry()
            case "stop":
                await theatre.stop()
            case _:
                raise KeyError(do)
