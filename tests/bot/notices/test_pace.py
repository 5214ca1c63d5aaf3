"""How fast Telegram may be written to, on a watch that only moves when somebody sleeps."""

import asyncio
from collections import deque

import pytest

from bot.notices.pace import EVIDENCE_LASTS, LONGEST_CLOSURE, LONGEST_REST, OwnPace, Rate, Rates

BUDI, SITI, GROUP = 1001, 1002, -100


class Watch:
    """Seconds that pass while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


async def sent(pace: OwnPace, watch: Watch, *chats: int) -> list[float]:
    """Return the seconds after which each message may leave."""
    start, times = watch(), []
    for chat in chats:
        await pace.turn(chat)
        times.append(round(watch() - start, 3))
    return times


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    assert await sent(pace, watch, *[BUDI] * 6) == [0, 0, 0, 1, 2, 3]


async def test_a_rest_brings_the_burst_back(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    await sent(pace, watch, *[BUDI] * 5)
    await watch.sleep(60)
    assert await sent(pace, watch, *[BUDI] * 4) == [0, 0, 0, 1]


async def test_no_minute_brings_a_group_more_than_twenty(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    times = await sent(pace, watch, *[GROUP] * 100)
    assert max(len([one for one in times if start <= one < start + 60]) for start in times) <= 20
    assert 100 / times[-1] > 0.95 * 20 / 60, "and 95 % of it are used"


async def test_no_second_brings_all_chats_together_more_than_thirty(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    times = await sent(pace, watch, *range(1, 301))
    assert max(len([one for one in times if start <= one < start + 1]) for start in times) <= 30
    assert 300 / times[-1] > 0.95 * 30, "and 95 % of it are used"


async def test_a_burst_after_a_rest_is_made_good_within_the_second(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    await sent(pace, watch, *range(1, 101))
    await watch.sleep(60)
    times = await sent(pace, watch, *range(1, 101))
    assert times[:5] == [0] * 5
    assert max(len([one for one in times if start <= one < start + 1]) for start in times) <= 29


async def test_an_album_counts_as_many_messages(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    await pace.turn(BUDI, cost=10)
    assert pace.wait(BUDI) == pytest.approx(8)


async def test_a_limited_chat_rests_and_the_others_go_on(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    await pace.limited(BUDI, 30)
    assert pace.wait(BUDI) == 30
    assert pace.wait(SITI) == 0
    assert await sent(pace, watch, SITI, BUDI) == [0, 30]


async def test_groups_in_slow_mode_shut_nobody_else(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    for group in (GROUP, GROUP - 1, GROUP - 2, GROUP - 3):
        assert not await pace.limited(group, 3600)
    await pace.limited(BUDI, 3600)
    await pace.limited(SITI, 3600)
    assert pace.wait(1003) == 0
    assert pace.wait(GROUP - 9) == 0
    assert pace.wait(GROUP) == pace.wait(BUDI) == LONGEST_REST, "whatever Telegram names"


async def test_when_several_private_chats_are_limited_all_rest_for_a_short_time_and_one_goes_ahead(
    watch: Watch,
) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    for chat in (BUDI, BUDI, SITI, SITI):
        await pace.limited(chat, 3600)
    assert pace.wait(1009) == 0, "the same chats twice say nothing of the others"
    await pace.limited(1003, 3600)
    assert pace.wait(1009) == pace.wait(GROUP) == LONGEST_CLOSURE
    assert await sent(pace, watch, 1009, 1010, 1011) == [30, 32, 32]


async def test_a_probe_that_is_refused_closes_again(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    for chat in (BUDI, SITI, 1003):
        await pace.limited(chat, 20)
    assert await sent(pace, watch, 1009) == [20]
    await pace.limited(1009, 20)
    assert pace.wait(1010) == 20


async def test_refusals_long_ago_are_no_evidence(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    for chat in (BUDI, SITI, 1003):
        await pace.limited(chat, 3600)
        await watch.sleep(EVIDENCE_LASTS / 2)
    assert pace.wait(1009) == 0


async def test_the_admins_are_to_be_told_of_more_than_a_minute(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    told = []
    for chat in range(1001, 1009):
        told.append(await pace.limited(chat, 20))
        await watch.sleep(20)
    assert told == [False, False, False, False, False, True, True, True]
    assert not await pace.limited(GROUP, 3600)
    await watch.sleep(3600)
    assert [await pace.limited(chat, 61) for chat in (1, 2, 3)] == [False, False, True]


async def test_those_who_wait_together_do_not_leave_together(watch: Watch) -> None:
    sleepers: deque[asyncio.Event] = deque()

    async def sleep(seconds: float) -> None:
        woken = asyncio.Event()
        sleepers.append(woken)
        await woken.wait()
        watch.seconds = max(watch.seconds, 1000 + seconds)

    pace = OwnPace(Rates(overall=Rate(1, 1)), monotonic=watch, sleep=sleep)
    await pace.turn(1)
    both = [asyncio.create_task(pace.turn(chat)) for chat in (2, 3)]
    await asyncio.sleep(0)
    for woken in list(sleepers):
        woken.set()
    done, waiting = await asyncio.wait(both, timeout=0.01)
    assert (len(done), len(waiting)) == (1, 1)
    waiting.pop().cancel()


async def test_chats_that_may_write_freely_are_forgotten(watch: Watch) -> None:
    pace = OwnPace(Rates(), monotonic=watch, sleep=watch.sleep)
    await sent(pace, watch, *range(1, 3001))
    assert len(pace._chats) <= 1001
