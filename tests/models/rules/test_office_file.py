"""The office as data: its posts, hours and chasing, whether it fits an SOP, and what a file is refused for."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.rules.errors import InvalidOffice, UnknownPost, UnknownRole
from models.rules.ladder import LadderSettings
from models.rules.office_file import Limits, OfficeFile, check_fit, check_usual, load_office, parse_office
from models.rules.sop import Sop
from models.rules.sop_file import load_sop
from models.rules.work_calendar import Period

MODELS = Path(__file__).parents[3] / "models"
DATA = Path(__file__).parents[1] / "data"
EXAMPLE = DATA / "kantor-contoh.toml"

AFTERWARDS = '[[seasons]]\nname = "Lagi"\nhours = "normal"\nfirst = 2026-03-21\nlast = 2026-03-25\n\n'
TABLES_THAT_MAY_BE_LEFT_OUT = "[[seasons]]" + EXAMPLE.read_text(encoding="utf-8").partition("[[seasons]]")[2]


@pytest.fixture
def sulawesi() -> OfficeFile:
    return load_office(MODELS / "offices/sulawesi-utara.toml")


@pytest.fixture
def example() -> OfficeFile:
    return load_office(EXAMPLE)


@pytest.fixture
def software() -> Sop:
    return load_sop(MODELS / "sops/penanganan-masalah-software.toml")


@pytest.fixture
def access() -> Sop:
    return load_sop(DATA / "permintaan-akses.toml")


def refused(text: str) -> list[str]:
    """Return what the validator says against an office of this text."""
    with pytest.raises(InvalidOffice) as refusal:
        parse_office(text, source="kantor.toml")
    assert all(problem.source == "kantor.toml" for problem in refusal.value.problems)
    return [f"{problem.row}: {problem.reason}" for problem in refusal.value.problems]


def changed(old: str, new: str) -> str:
    """Return the example office with one place of its text changed."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


class TestSulawesiUtara:
    def test_its_posts_stand_one_above_the_other(self, sulawesi: OfficeFile) -> None:
        chain = [sulawesi.post("jft-prakom")]
        while (above := chain[-1].superior) is not None:
            chain.append(sulawesi.post(above))
        assert [post.title for post in chain] == [
            "JFT Prakom",
            "Kasubbag Humas, RB & IT",
            "Kabag P2L",
            "Kepala Divisi Administrasi",
            "Kepala Kantor Wilayah",
        ]

    def test_only_the_jft_prakom_are_several(self, sulawesi: OfficeFile) -> None:
        assert [post.code for post in sulawesi.posts if post.several] == ["jft-prakom"]

    def test_the_posts_that_keep_the_sop_watch_it(self, sulawesi: OfficeFile) -> None:
        assert sulawesi.watchers == ("kasubbag-humas", "jft-prakom")
        assert sulawesi.digest_time == time(8, 0)

    def test_it_chases_as_the_design_says(self, sulawesi: OfficeFile) -> None:
        assert sulawesi.ladder == LadderSettings(warn_percent=80, escalate_after_standards=1, repeat_minimum=1800)
        assert sulawesi.limits == Limits(attachments_per_report=20, reports_per_hour=10)

    def test_it_fits_its_sop(self, sulawesi: OfficeFile, software: Sop) -> None:
        assert check_fit(sulawesi, software) == []
        for step in software.steps:
            assert step.role in sulawesi.post_for_role(step.role).roles

    def test_nobody_holds_a_post_for_the_pegawai(self, sulawesi: OfficeFile) -> None:
        with pytest.raises(UnknownRole) as refusal:
            sulawesi.post_for_role("pegawai")
        assert (refusal.value.where, refusal.value.role) == ("sulawesi-utara", "pegawai")

    def test_an_unknown_post_is_named(self, sulawesi: OfficeFile) -> None:
        with pytest.raises(UnknownPost) as refusal:
            sulawesi.post("satpam")
        assert (refusal.value.office, refusal.value.post) == ("sulawesi-utara", "satpam")


class TestAnotherOffice:
    def test_its_hours_are_its_own(self, example: OfficeFile) -> None:
        calendar = example.calendar
        assert calendar.zone == ZoneInfo("Asia/Jayapura")
        assert calendar.periods(date(2026, 11, 21)) == (Period(time(8), time(12)),)
        assert calendar.periods(date(2026, 2, 23)) == (Period(time(9), time(12)), Period(time(12), time(14)))
        assert calendar.periods(date(2026, 2, 24)) == ()
        assert calendar.periods(date(2026, 12, 25)) == (Period(time(9), time(10)),)
        assert not calendar.is_working_day(date(2026, 12, 28))

    def test_the_years_it_confirmed_are_known(self, example: OfficeFile) -> None:
        start, end = (datetime(year, 6, 1, tzinfo=example.calendar.zone) for year in (2027, 2030))
        assert example.calendar.unknown_years(start, end) == (2030,)

    def test_one_post_may_fill_two_roles(self, example: OfficeFile, access: Sop) -> None:
        assert check_fit(example, access) == []
        assert example.post_for_role("penyelia") == example.post_for_role("teknisi") == example.post("kepala")

    def test_it_chases_in_its_own_way(self, example: OfficeFile) -> None:
        assert example.ladder == LadderSettings(warn_percent=50, escalate_after_standards=2, repeat_minimum=3600)

    def test_it_bears_what_is_printed_on_its_papers(self, example: OfficeFile) -> None:
        assert (example.code, example.name, example.source) == ("kantor-contoh", "Kantor Contoh", str(EXAMPLE))
        assert (example.lines, example.address) == (("KANTOR CONTOH",), "Jalan Contoh 1")

    def test_its_clock_and_its_limits_are_its_own(self, example: OfficeFile) -> None:
        assert example.digest_time == time(7, 45)
        assert example.limits == Limits(attachments_per_report=5, reports_per_hour=10), "left out, it is ten"

    def test_a_day_it_decided_on_bears_its_reason(self, example: OfficeFile) -> None:
        assert [(day.day, day.reason) for day in example.calendar.hours.special_days] == [
            (date(2026, 12, 25), "Piket"),
            (date(2026, 12, 28), "Bersih kantor"),
        ]


class TestFit:
    def test_every_role_is_looked_at_whoever_fills_the_one_before(self, sulawesi: OfficeFile, software: Sop) -> None:
        (last,) = (post for post in sulawesi.posts if "jft-prakom" in post.roles)
        office = replace(sulawesi, posts=tuple(post for post in sulawesi.posts if post != last))
        assert [problem.row for problem in check_fit(office, software)] == ["role jft-prakom"]

    def test_a_role_that_several_posts_fill_is_named_with_them(self, sulawesi: OfficeFile, software: Sop) -> None:
        twice = replace(sulawesi.posts[0], code="wakil", roles=("kadiv",))
        (problem,) = check_fit(replace(sulawesi, posts=(*sulawesi.posts, twice)), software)
        assert problem.reason == (
            "Several posts (kadiv, wakil) fill the role 'Kadiv' of the SOP 'penanganan-masalah-software'. "
            "Name it under “roles” of exactly one post."
        )

    def test_each_role_without_a_post_is_named(self, example: OfficeFile, software: Sop) -> None:
        problems = check_fit(example, software)
        assert [problem.row for problem in problems] == [
            "role kakanwil",
            "role kadiv",
            "role kabag-p2l",
            "role kasubbag-humas",
            "role jft-prakom",
        ]
        assert problems[1].source == str(EXAMPLE)
        assert "No post fills the role 'Kadiv' of the SOP 'penanganan-masalah-software'" in problems[1].reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('lines = ["KANTOR CONTOH"]', "lines = []"),
        ('title = "Kepala Kantor"', f'title = "{"x" * 200}"'),
        ('short = "Kepala"', f'short = "{"x" * 60}"'),
        ("warn_percent = 50", "warn_percent = 1"),
        ("warn_percent = 50", "warn_percent = 99"),
        ("escalate_after_standards = 2", "escalate_after_standards = 1"),
        ("escalate_after_standards = 2", "escalate_after_standards = 99"),
        ('repeat_minimum = "1 jam"', 'repeat_minimum = "1 jam"\nescalate_to = ["watchers"]'),
        ("[limits]", '[reminders]\nspacing = ["5 menit"]\ntimes = ["00.00"]\n\n[limits]'),
        ("[limits]", "[reminders]\n\n[limits]"),
        ("attachments_per_report = 5", "attachments_per_report = 1"),
        ("attachments_per_report = 5", "attachments_per_report = 100"),
        ("attachments_per_report = 5", "attachments_per_report = 5\nreports_per_hour = 1"),
        ("attachments_per_report = 5", "attachments_per_report = 5\nreports_per_hour = 1000"),
        ("confirmed_years = [2028, 2029]", "confirmed_years = [2000, 2999]"),
        ("confirmed_years = [2028, 2029]", ""),
        ("last = 2026-03-20", "last = 2026-02-19"),
        ("[[added_days]]", AFTERWARDS + "[[added_days]]"),
        (TABLES_THAT_MAY_BE_LEFT_OUT, ""),
    ],
)
def test_what_lies_on_a_limit_or_may_be_left_out_is_read(old: str, new: str) -> None:
    parse_office(changed(old, new), source="kantor.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'short = "Kepala"',
            'short = "Kepala"\nsuperior = "lokett"',
            "post kepala: “superior” is 'lokett', which is no post. Did you mean “loket”?",
        ),
        (
            'short = "Kepala"',
            'short = "Kepala"\nformerly = "loket"',
            "post kepala: “formerly” is 'loket', which is a post still.",
        ),
        (
            'short = "Kepala"',
            'short = "Kepala"\nformerly = "kepala"',
            "post kepala: “formerly” is 'kepala', which is a post still.",
        ),
        ('title = "Kepala Kantor"', f'title = "{"x" * 201}"', "post kepala: “title” has 201 characters. Shorten it to"),
        (
            "escalate_after_standards = 2",
            "escalate_after_standards = 100",
            "[ladder]: “escalate_after_standards” holds",
        ),
        ("attachments_per_report = 5", "attachments_per_report = 101", "[limits]: “attachments_per_report” holds 101"),
        ("confirmed_years = [2028", "confirmed_years = [1999", "document: “confirmed_years” holds 1999"),
        ("confirmed_years = [2028", "confirmed_years = [3000", "document: “confirmed_years” holds 3000"),
        ('["08.00-12.00"]', '["08.00-08.00"]', "[hours] [normal]: “saturday” lists '08.00-08.00', which ends before"),
        ('short = "Kepala"', 'short = "Kepala"\nsuperior = "kepala"', "post kepala: Going up from superior"),
        ('short = "Kepala"', 'short = "Kepala"\nsuperior = 1', "post kepala: “superior” is 1"),
        ('short = "Kepala"', f'short = "{"x" * 61}"', "post kepala: “short” has 61 characters. Shorten it to 60"),
        ('code = "kepala"', 'code = "loket"', "post loket: An earlier post has this code too"),
        ('roles = ["loket"]', 'roles = ["teknisi"]', "post kepala: The role 'teknisi' is filled by another post too"),
        ("several = true", 'several = "ya"', "post loket: “several” is 'ya'. Write true or false"),
        ("several = true", "severl = true", "post loket: The key “severl” is unknown. Did you mean “several”?"),
        (
            'watchers = ["loket"]',
            'watchers = ["lokat"]',
            "document: “watchers” lists 'lokat', which is no post. Did you",
        ),
        ('zone = "Asia/Jayapura"', 'zone = "Asia"', "document: “zone” is 'Asia', which is no time zone"),
        ('zone = "Asia/Jayapura"', 'zone = "WITA"', "document: “zone” is 'WITA'"),
        ('zone = "Asia/Jayapura"', 'zone = "../etc"', "document: “zone” is '../etc'"),
        ('digest_time = "07.45"', 'digest_time = "7:45"', "document: “digest_time” is '7:45', which is no time of day"),
        ('digest_time = "07.45"', 'digest_time = "24.00"', "document: “digest_time” is '24.00'"),
        (
            "warn_percent = 50",
            "warn_percent = 100",
            "[ladder]: “warn_percent” holds 100. Give a whole number from 1 to 99",
        ),
        ("warn_percent = 50", "warn_percent = 0.5", "[ladder]: “warn_percent” holds 0.5"),
        ('"1 jam"', '"1 hari"', "[ladder]: “repeat_minimum” is '1 hari'. Write minutes or hours"),
        ('"1 jam"', '"sejam"', "[ladder]: “repeat_minimum” is 'sejam'"),
        (
            "attachments_per_report = 5",
            "attachments_per_report = 5\nreports_per_hour = 0",
            "[limits]: “reports_per_hour” holds 0",
        ),
        (
            "attachments_per_report = 5",
            "attachments_per_report = 5\nreports_per_hour = 1001",
            "[limits]: “reports_per_hour” holds 1001",
        ),
        ("attachments_per_report = 5", "attachments_per_report = 0", "[limits]: “attachments_per_report” holds 0"),
        ("[hours.normal]", "[hours.biasa]", "document: “hours” has no 'normal'"),
        (
            'saturday = ["08.00-12.00"]',
            'saturday = ["08.00"]',
            "[hours] [normal]: “saturday” lists '08.00', which is no",
        ),
        (
            'saturday = ["08.00-12.00"]',
            'saturday = ["12.00-08.00"]',
            "[hours] [normal]: “saturday” lists '12.00-08.00', w",
        ),
        (
            'saturday = ["08.00-12.00"]',
            'saturday = "08.00-12.00"',
            "[hours] [normal]: “saturday” is '08.00-12.00'. Write",
        ),
        ('saturday = ["08.00-12.00"]', 'sabtu = ["08.00-12.00"]', "[hours] [normal]: The key “sabtu” is unknown"),
        (
            '["09.00-12.00", "12.00',
            '["09.00-12.00", "11.59',
            "[hours] [puasa]: “monday” lists '11.59-14.00' before the",
        ),
        (
            'hours = "puasa"',
            'hours = "puas"',
            "season Puasa: “hours” is 'puas', but there is no [hours.puas]. Did you mean",
        ),
        (
            "last = 2026-03-20",
            "last = 2026-01-20",
            "season Puasa: “last” (2026-01-20) comes before “first” (2026-02-19)",
        ),
        ("last = 2026-03-20", "", "season Puasa: “last” is missing. Add a date"),
        ("day = 2026-12-28", "day = 2026-12-25", "removed day 2026-12-25: This day is listed more than once"),
        ("day = 2026-12-28", 'day = "28 Desember"', "removed day 28 Desember: “day” is '28 Desember'. Write a date"),
        ('periods = ["09.00-10.00"]', "", "added day 2026-12-25: “periods” is missing"),
        ('reason = "Bersih kantor"', "", "removed day 2026-12-28: “reason” is missing"),
        ("confirmed_years = [2028", "confirmed_years = [28", "document: “confirmed_years” holds 28"),
        ('code = "kantor-contoh"', "code = kantor", "line 3: This is not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_row_and_its_reason(old: str, new: str, said: str) -> None:
    text = changed(old, new)
    assert [line for line in refused(text) if line.startswith(said)], refused(text)


class TestRefusals:
    def test_one_mistake_is_reported_once(self) -> None:
        assert len(refused(changed('digest_time = "07.45"', "digest_time = 7"))) == 1
        assert len(refused(changed('saturday = ["08.00-12.00"]', 'saturday = ["-12.00"]'))) == 1

    def test_a_former_code_is_claimed_once(self) -> None:
        text = changed('short = "Kepala"', 'short = "Kepala"\nformerly = "ketua"')
        text = text.replace('short = "Loket"', 'short = "Loket"\nformerly = "ketua"')
        assert [line for line in refused(text) if "An earlier post had this former code too" in line], refused(text)

    def test_superiors_in_a_circle_are_refused_at_each_of_them(self) -> None:
        text = changed('short = "Kepala"', 'short = "Kepala"\nsuperior = "loket"')
        text = text.replace('short = "Loket"', 'short = "Loket"\nsuperior = "kepala"')
        assert [line.split(":")[0] for line in refused(text)] == ["post loket", "post kepala"]

    def test_a_post_below_a_circle_is_not_part_of_it(self) -> None:
        text = changed('short = "Kepala"', 'short = "Kepala"\nsuperior = "loket"')
        text = text.replace('short = "Loket"', 'short = "Loket"\nsuperior = "kepala"')
        below = (
            '[[posts]]\ncode = "magang"\ntitle = "Magang"\nshort = "Magang"\nroles = []\nsuperior = "loket"\n\n[ladder]'
        )
        assert [line.split(":")[0] for line in refused(text.replace("[ladder]", below))] == [
            "post loket",
            "post kepala",
        ]

    def test_a_missing_zone_is_reported_once(self) -> None:
        assert refused(changed('zone = "Asia/Jayapura"\n', "")) == [
            "document: “zone” is missing. Add a text in quotation marks."
        ]

    def test_a_season_without_an_end_hides_no_other(self) -> None:
        second = '[[seasons]]\nname = "Lagi"\nhours = "puas"\nfirst = 2026-04-20\nlast = 2026-04-19\n\n[[added_days]]'
        text = changed("last = 2026-03-20\n", "").replace("[[added_days]]", second)
        assert [line.split(":")[0] for line in refused(text)] == ["season Puasa", "season Lagi", "season Lagi"]

    def test_a_season_that_ends_on_the_first_day_of_an_earlier_one_overlaps_it(self) -> None:
        second = '[[seasons]]\nname = "Lagi"\nhours = "normal"\nfirst = 2026-02-01\nlast = 2026-02-19\n\n[[added_days]]'
        assert refused(changed("[[added_days]]", second)) == [
            "season Lagi: It overlaps the season 'Puasa'. Give each day to one season."
        ]

    def test_seasons_that_share_a_day_are_refused(self) -> None:
        second = '[[seasons]]\nname = "Lagi"\nhours = "normal"\nfirst = 2026-03-20\nlast = 2026-03-25\n\n[[added_days]]'
        assert refused(changed("[[added_days]]", second)) == [
            "season Lagi: It overlaps the season 'Puasa'. Give each day to one season."
        ]

    def test_an_office_that_never_works_is_refused(self) -> None:
        head, tail = EXAMPLE.read_text(encoding="utf-8").split("[hours.normal]")
        closed = f"{head}[hours.normal]\n[hours.puasa]{tail.split('[hours.puasa]')[1]}"
        assert refused(closed) == [
            "[hours] [normal]: The office never works. List the periods of at least one weekday."
        ]

    def test_an_office_without_posts_is_refused(self) -> None:
        missing = [line for line in refused("") if "is missing" in line]
        assert any("“posts”" in line for line in missing)
        assert "document: The office has no posts. Add each under its own [[posts]]." in refused("")
        assert any("“ladder”" in line for line in missing)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidOffice, match=r"tidak-ada\.toml: file: The file cannot be read"):
            load_office(tmp_path / "tidak-ada.toml")


def test_of_several_sops_the_office_names_the_usual_one(sulawesi: OfficeFile, example: OfficeFile) -> None:
    software = "penanganan-masalah-software"
    assert sulawesi.usual_sop == software
    assert check_usual(sulawesi, {software, "aset"}) == []
    assert check_usual(example, {"aset"}) == [], "with one SOP nothing need be named"
    (unnamed,) = check_usual(example, {software, "aset"})
    assert unnamed.row == "usual_sop"
    assert f"several SOPs (aset, {software})" in unnamed.reason
    (misspelt,) = check_usual(sulawesi, {"penanganan-masalah-softwear", "aset"})
    assert "penanganan-masalah-softwear" in misspelt.reason
