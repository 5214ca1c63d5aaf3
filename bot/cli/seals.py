"""What `disposisi check` says of the checkpoints: the key that signs them, and where they go."""

from bot.cli import surroundings
from bot.sealing.folder import FolderUnusable
from bot.sealing.key_file import KeyUnusable
from bot.sealing.places import Places
from bot.settings import Settings
from bot.storage.ownership import unwritable


def state(given: Settings) -> str:
    """Say by which key is signed and where the checkpoints go. Makes nothing.

    Raises `KeyUnusable`, `FolderUnusable`.
    """
    places = Places.of(given, record=surroundings.record_file(given))
    if not places.key.in_environment and not places.key.path.exists():
        folder = places.key.path.absolute().parent
        why = unwritable(folder) or (None if folder.is_dir() else "its folder does not exist. Make it.")
        if why is not None:
            raise KeyUnusable(f"The key {places.key.path} cannot be made: {why}")
    key = places.key.load()
    if (why := unwritable(places.folder.path)) is not None:
        raise FolderUnusable(f"The folder of checkpoints {places.folder.path} cannot be used: {why}")
    signs = f"signed by {key.public.short}" if key is not None else f"the first one makes the key {places.key.place}"
    also = [name for name, place in (("the archive chat", places.chat), ("CHECKPOINT_URL", places.url)) if place]
    return f"{signs}; kept in {places.folder.path}{''.join(f', sent to {name}' for name in also)}"
