"""What `disposisi check` says of the checkpoints: the key that signs them, and where they go."""

from bot.cli import surroundings
from bot.sealing.places import Places
from bot.settings import Settings


def state(given: Settings) -> str:
    """Say by which key is signed and where the checkpoints go. Raises `KeyUnusable`. Makes nothing."""
    places = Places.of(given, record=surroundings.record_file(given))
    key = places.key.load()
    signs = f"signed by {key.public.short}" if key is not None else f"the first one makes the key {places.key.place}"
    also = [name for name, place in (("the archive chat", places.chat), ("CHECKPOINT_URL", places.url)) if place]
    return f"{signs}; kept in {places.folder.path}{''.join(f', sent to {name}' for name in also)}"
