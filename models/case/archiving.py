"""The doors through which a file of a case comes into the archive and leaves it. They concern no task."""

from typing import Any

from models.case.attachment import Attachment, Keeping
from models.case.content import Content
from models.case.journey import Journey

KEPT, PASSED_OVER, ERASED = "keep-file", "pass-over-file", "erase-file"
"""The actions of their entries in the journal."""


class Archiving(Journey):
    """A case, and what the archive keeps of its files."""

    def keep_file(self, file: Attachment, content: Content) -> None:
        """Note that the archive keeps a file that waited, with its digest, its size in bytes and its type."""
        file.keeping, file.content, file.fetch_at = Keeping.KEPT, content.digest, None
        said: dict[str, Any] = {"content": content.digest, "size": content.size, "type": content.media_type}
        self._log(KEPT, **_named(file), **said)

    def pass_over_file(self, file: Attachment, why: Keeping) -> None:
        """Note that the archive will not keep a file that waited: it is too large, or Telegram hands it out no more."""
        file.keeping, file.fetch_at = why, None
        self._log(PASSED_OVER, **_named(file), because=why.value)

    def erase_file(self, file: Attachment, *, because: str) -> None:
        """Note that the archive may not keep a file any more. Its digest, its size and its type stay told."""
        file.keeping = Keeping.ERASED
        self._log(ERASED, **_named(file), content=file.content, because=because)


def _named(file: Attachment) -> dict[str, Any]:
    """Return what tells the journal which file is meant: its identifier, and when it was attached."""
    return {"file": file.file_unique_id, "added": file.added_at.isoformat()}
