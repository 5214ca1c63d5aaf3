"""What a search says beside the cases that it found."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from handlers.screens.searching import Narrowing, SearchView, result
from handlers.texts.catalogue import Texts

ZONE = ZoneInfo("Asia/Makassar")
SAY = Texts.load(ZONE).say("id")

NOTHING = SearchView(
    words="macet", lines=[], total=0, page=0, narrowing=Narrowing(), months=[], sops=[], zone=ZONE, joined_most=None
)


def test_who_joined_more_cases_than_are_looked_through_is_told_also_where_nothing_was_found() -> None:
    assert "yang Anda ikuti" not in result(NOTHING, SAY).text
    told = result(replace(NOTHING, joined_most=60), SAY).text
    assert told.splitlines()[0].startswith("🔎 Tidak ada laporan")
    assert told.splitlines()[1] == (
        "<i>Dari laporan orang lain yang Anda ikuti (“saya juga”), 60 yang terbaru saja dicari.</i>"
    )
