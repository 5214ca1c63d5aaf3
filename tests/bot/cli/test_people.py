"""`disposisi invite` and `disposisi person`: how people come in, take up a post, and leave it."""

import re
from pathlib import Path

import pytest

from bot.rules import load_rules
from bot.settings import Settings
from models.administration.appointment import appoint
from models.office.invitation import ExpectedPerson, Invite, code_digest
from models.office.person import Person
from models.office.tenure import Capacity, Post, Tenure
from models.repository.records import Records
from tests.bot.cli.command_line import ADMIN_NIP, MONDAY, NIP, TOKEN, Disposisi, make_tables, stored, told
from tests.reports import a_report


class TestInvite:
    @pytest.mark.usefixtures("telegram")
    def test_a_post_gets_a_link_and_the_code_as_text(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("invite", "kadiv")
        assert said.code == 0
        code = re.search(r"https://t\.me/disposisi_bot\?start=(\S+)", said.out)
        assert code
        assert f"/start {code[1]}" in said
        with stored(tmp_path) as database, database.transaction() as session:
            (invite,) = session.query(Invite).all()
            assert (invite.post, invite.digest) == ("kadiv", code_digest(code[1]))
        assert disposisi("verify").code == 0

    def test_an_invite_names_the_person_or_says_who_is_asked(self, disposisi: Disposisi, tmp_path: Path) -> None:
        assert "It names nobody" in disposisi("invite", "kadiv")
        said = disposisi("invite", "kadiv", "--for", f"{NIP[:8]} {NIP[8:]}")
        assert said.code == 0
        assert "It names nobody" not in said
        assert "It names nobody" not in disposisi("invite", "--admin"), "the first admin needs nobody's word"
        with stored(tmp_path) as database, database.transaction() as session:
            assert [one.nip for one in session.query(Invite).order_by(Invite.id)] == [None, NIP, None]
        assert "18 digits" in disposisi("invite", "kadiv", "--for", "12")

    def test_without_a_token_the_code_alone_is_told(self, disposisi: Disposisi) -> None:
        said = disposisi("invite", "--admin")
        assert said.code == 0
        assert re.search(r"/start [\w-]{22}\n", said.out)
        assert "https://t.me" not in said
        assert "TELEGRAM_BOT_TOKEN is not set" in said

    @pytest.mark.parametrize("name", ["kabag-p2l", "Kabag P2L", "KABAG-P2L"])
    def test_a_post_is_known_by_code_role_and_name(self, disposisi: Disposisi, name: str) -> None:
        assert "Invite for Kabag P2L" in disposisi("invite", name)

    def test_an_unknown_post_gets_the_nearest_and_all(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("invite", "kabag")
        assert said.code == 2
        assert "Did you mean “kabag-p2l”?" in said
        assert "kasubbag-humas" in said
        assert not (tmp_path / "disposisi.db").exists()

    @pytest.mark.parametrize(
        "arguments", [[], ["kadiv", "--admin"], ["--admin", "--office"], ["--office", "--for", NIP]]
    )
    def test_exactly_one_thing_is_asked_for(self, disposisi: Disposisi, arguments: list[str]) -> None:
        assert disposisi("invite", *arguments).code == 2


class TestPerson:
    def test_a_list_is_imported_and_may_be_imported_again(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text(f"nip;nama;unit kerja\n{NIP};Ani;Umum\n", encoding="utf-8")
        assert disposisi("person", "import", "p.csv").code == 0
        (tmp_path / "p.csv").write_text(f"nip;nama;unit kerja\n{NIP};Ani Lestari;Keuangan\n", encoding="utf-8")
        assert disposisi("person", "import", "p.csv").code == 0
        with stored(tmp_path) as database, database.transaction() as session:
            (person,) = session.query(ExpectedPerson).all()
            assert (person.name, person.unit) == ("Ani Lestari", "Keuangan")
        assert "0 people are registered, 1 more expected" in disposisi("person", "list")
        assert disposisi("verify").code == 0

    def test_one_bad_row_stops_all_unless_told_otherwise(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text(f"nip,name\n{NIP},Ani\n12,Budi\n", encoding="utf-8")
        said = disposisi("person", "import", "p.csv")
        assert said.code == 1
        assert "p.csv: Row 3:" in said.err
        assert not (tmp_path / "disposisi.db").exists()
        assert disposisi("person", "import", "p.csv", "--partial").code == 1
        assert "1 more expected" in disposisi("person", "list")

    def test_an_empty_list_is_said_to_be_empty(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_text("nip,name\n", encoding="utf-8")
        assert "there is nobody on this list" in disposisi("person", "import", "p.csv")

    def test_a_lost_phone_is_unbound(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ani", nip=NIP, account_id=7, registered_at=MONDAY))
            session.add(Person(name="Ayu", nip=ADMIN_NIP, account_id=8, registered_at=MONDAY, is_admin=True))
        said = disposisi("person", "unbind", f"{NIP[:8]} {NIP[8:]}")
        assert said.code == 0
        assert "disposisi invite --office" in said.out
        assert "Ayu is asked in chat" in said
        assert "not bound" in disposisi("person", "list")
        said = disposisi("person", "unbind", ADMIN_NIP)
        assert "disposisi invite --admin" in said.out
        assert "asked in chat" not in said, "there is nobody left to ask"
        assert disposisi("person", "unbind", NIP).code == 1
        assert disposisi("person", "unbind", "12").code == 2
        assert disposisi("verify").code == 0

    def test_where_the_bot_reaches_no_admin_who_could_be_asked_that_is_said(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        make_tables(tmp_path)
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ani", nip=NIP, account_id=7, registered_at=MONDAY, is_admin=True))
            ayu = Person(name="Ayu", nip=ADMIN_NIP, account_id=8, registered_at=MONDAY, is_admin=True)
            ayu.unreachable_since = MONDAY
            session.add(ayu)
        said = disposisi("person", "unbind", NIP)
        assert "Ayu is asked in chat" in said
        assert "the bot cannot write there: take that account too" in said

    def test_a_rank_is_written_down_for_papers_and_taken_away(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        with told(tmp_path) as session:
            session.add(Person(name="Ani", nip=NIP, account_id=7, registered_at=MONDAY))
        assert "Ani: Pembina (IV/a)." in disposisi("person", "rank", NIP, " Pembina  (IV/a) ")
        with stored(tmp_path) as database, database.transaction() as session:
            assert session.query(Person.rank).scalar() == "Pembina (IV/a)"
        assert disposisi("verify").code == 0
        assert disposisi("person", "rank", NIP, "x" * 61).code == 2
        assert "no rank on papers now" in disposisi("person", "rank", NIP, "")
        assert disposisi("person", "rank", ADMIN_NIP, "Penata").code == 1
        assert disposisi("verify").code == 0

    def test_an_admin_is_dismissed_but_not_the_last(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ani", nip=NIP, account_id=7, is_admin=True, registered_at=MONDAY))
        said = disposisi("person", "dismiss-admin", NIP)
        assert said.code == 1
        assert "First: disposisi invite --admin" in said
        with stored(tmp_path) as database, database.transaction() as session:
            other = Person(name="Eko", nip=f"{NIP[:-1]}2", account_id=8, is_admin=True, registered_at=MONDAY)
            session.add(other)
        assert disposisi("person", "dismiss-admin", f"{NIP[:8]} {NIP[8:]}").code == 0
        said = disposisi("person", "dismiss-admin", NIP)
        assert said.code == 1
        assert "No admin has this NIP" in said
        assert disposisi("person", "dismiss-admin", "12").code == 2
        assert disposisi("verify").code == 0

    def test_a_tenure_ends_and_what_waits_is_said_to_wait(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        self._appoints(tmp_path, reports=2)
        said = disposisi("person", "end-tenure", f"{NIP[:8]} {NIP[8:]}", "kakanwil")
        assert said.code == 0
        assert "Ani no longer holds Kakanwil. Their 2 open cards have no force any more." in said
        assert "What waits there waits for the next holder; nobody who can mend it will be told in chat." in said
        assert "disposisi invite kakanwil" in said
        assert "kakanwil" not in disposisi("person", "list").out.lower()
        assert disposisi("verify").code == 0

    def test_a_deputys_cards_are_said_to_be_the_holders(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        self._appoints(tmp_path, reports=1, deputy="Eko")
        said = disposisi("person", "end-tenure", NIP, "Kepala Kantor Wilayah")
        assert said.code == 0
        assert "Their 1 open card is now with Eko." in said
        assert "vacant" not in said
        assert disposisi("verify").code == 0

    def test_where_nobody_above_is_left_an_admin_gets_the_cards(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        self._appoints(tmp_path, reports=1)
        with stored(tmp_path) as database, database.transaction() as session:
            session.add(Person(name="Ayu", nip=ADMIN_NIP, account_id=9, registered_at=MONDAY, is_admin=True))
        assert "Their 1 open card is now with Ayu." in disposisi("person", "end-tenure", NIP, "kakanwil")

    def test_where_nothing_waits_a_vacant_post_is_still_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        self._appoints(tmp_path)
        said = disposisi("person", "end-tenure", NIP, "kakanwil")
        assert "No open card was theirs." in said
        assert "Nobody who can be reached holds Kakanwil" in said

    def test_a_tenure_that_is_none_is_not_ended(self, disposisi: Disposisi, tmp_path: Path) -> None:
        make_tables(tmp_path)
        self._appoints(tmp_path)
        said = disposisi("person", "end-tenure", ADMIN_NIP, "kakanwil")
        assert (said.code, "Nobody with this NIP is registered" in said) == (1, True)
        said = disposisi("person", "end-tenure", NIP, "kadiv")
        assert (said.code, "Ani does not hold Kadiv, but: Kakanwil (definitive)" in said) == (1, True)
        said = disposisi("person", "end-tenure", NIP, "kabag")
        assert (said.code, "Did you mean “kabag-p2l”?" in said) == (2, True)
        assert disposisi("person", "end-tenure", "12", "kadiv").code == 2
        assert disposisi("person", "end-tenure", NIP).code == 2
        assert disposisi("person", "end-tenure", NIP, "kakanwil").code == 0
        said = disposisi("person", "end-tenure", NIP, "kakanwil")
        assert said.code == 1
        assert re.search(r"Ani held Kakanwil until \d\d-\d\d-\d{4} \d\d\.\d\d WITA; that is over already\.", said.err)

    @staticmethod
    def _appoints(folder: Path, *, reports: int = 0, deputy: str = "") -> None:
        """Let Ani be Kakanwil, with so many reports waiting, and a colleague beside her if one is named."""
        rules = load_rules(Settings.load(None, telegram_bot_token=TOKEN))
        with stored(folder) as database, database.transaction() as session:
            records = Records(session, rules=rules, at=MONDAY)
            session.add_all([Post(code=one.code, title=one.title, short=one.short) for one in rules.office.posts])
            ani = Person(name="Ani", nip=NIP, account_id=7, registered_at=MONDAY)
            session.add(ani)
            session.flush()
            appoint(records, ani, "kakanwil")
            if deputy:
                other = Person(name=deputy, nip=f"{NIP[:-1]}2", account_id=8, registered_at=MONDAY)
                session.add(other)
                session.add(Tenure.begin(other, "kakanwil", capacity=Capacity.PLH, at=MONDAY))
                session.flush()
            records.forget_office()
            for _ in range(reports):
                records.begin(a_report("SIMPEG tidak dapat dibuka"), reporter=ani, sop="penanganan-masalah-software")
                session.flush()
