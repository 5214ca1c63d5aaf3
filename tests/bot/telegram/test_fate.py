"""Why a person cannot be written to, from the words of Telegram's refusal."""

import pytest

from bot.telegram.fate import obstacle_of
from models.office.person import Obstacle


@pytest.mark.parametrize(
    ("message", "obstacle"),
    [
        ("Forbidden: bot was blocked by the user", Obstacle.BLOCKED),
        ("Forbidden: user is deactivated", Obstacle.DELETED),
        ("Forbidden: bot can't initiate conversation with a user", Obstacle.NOT_STARTED),
        ("Chat not found", Obstacle.NOT_STARTED),
        ("Peer_id_invalid", Obstacle.UNKNOWN),
        ("Forbidden: something that Telegram has not said before", Obstacle.UNKNOWN),
    ],
)
def test_a_person_who_never_started_the_bot_has_not_blocked_it(message: str, obstacle: Obstacle) -> None:
    assert obstacle_of(message) is obstacle
