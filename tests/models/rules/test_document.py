"""However a data file is damaged, it is read or refused with reasons; nothing else ever comes out."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.document import Findings, Table, duplicates, nearest, parse_document, read_document, shown
from models.rules.errors import InvalidDocument, Problem
from models.rules.office_file import parse_office
from models.rules.sop_file import parse_sop

DATA = Path(__file__).parents[1] / "data"
VALUES = (
    *(
        "1",
        "-1",
        "true",
        "1.5",
        "nan",
        '""',
        '" "',
        '"x"',
        '"30 menit"',
        '"handle"',
        '"loket"',
        '"\\u0000"',
        "9" * 5000,
    ),
    *("[]", "[1]", '["a", "a"]', "{}", "{a = 1}", "[{}]", "[[1]]", "2026-01-01", "2026-01-01T00:00:00Z", "10:00:00"),
)


@pytest.mark.parametrize(("name", "parse"), [("permintaan-akses", parse_sop), ("kantor-contoh", parse_office)])
@settings(derandomize=True, deadline=None, max_examples=300)
@given(changes=st.lists(st.tuples(st.integers(0, 200), st.none() | st.sampled_from(VALUES)), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused_with_reasons(
    name: str, parse: Callable[..., object], changes: list[tuple[int, str | None]]
) -> None:
    lines = (DATA / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    for place, value in changes:
        key, equals, _ = lines[place % len(lines)].partition("=")
        lines[place % len(lines)] = f"{key}= {value}" if equals and value is not None else ""
    problems = problems_of(parse, "\n".join(lines))
    assert all(len(str(problem).splitlines()) == 1 for problem in problems)
    assert all(problem.row and problem.reason.endswith((".", "?", "…")) for problem in problems)


def problems_of(parse: Callable[..., object], text: str) -> Sequence[Problem]:
    """Return why this text is refused; nothing when it is read."""
    try:
        parse(text, source="rusak.toml")
    except InvalidDocument as refusal:
        return refusal.problems or pytest.fail("refused without a reason")
    return ()


class Colour(StrEnum):
    RED = "merah"
    BLUE = "biru"


def read(text: str, ask: Callable[[Table], object]) -> tuple[object, list[str]]:
    """Return what a getter returns for a document, and what it finds wrong."""
    findings = Findings("berkas.toml")
    value = ask(parse_document(text, findings, InvalidDocument))
    assert all(problem.source == "berkas.toml" for problem in findings.problems)
    return value, [f"{problem.row}: {problem.reason}" for problem in findings.problems]


class TestWhatIsRead:
    """Each getter returns what stands there, at both ends of what it allows, and finds nothing wrong with it."""

    @pytest.mark.parametrize(
        ("text", "ask", "value"),
        [
            ('a = "kata"', lambda table: table.text("a", longest=4), "kata"),
            ('a = "kata"', lambda table: table.text("a"), "kata"),
            ('a = "kata"', lambda table: table.optional_text("a"), "kata"),
            ('a = ""', lambda table: table.optional_text("a"), ""),
            ("", lambda table: table.optional_text("a"), ""),
            ('a = "dua-kata-2"', lambda table: table.code("a"), "dua-kata-2"),
            (f'a = "{"x" * 64}"', lambda table: table.code("a"), "x" * 64),
            ('a = "kata"', lambda table: table.optional_code("a"), "kata"),
            ("", lambda table: table.optional_code("a"), None),
            ('a = ["x", "yy"]', lambda table: table.texts("a", longest=2), ("x", "yy")),
            ("a = []", lambda table: table.texts("a", empty=True), ()),
            ("", lambda table: table.texts("a", required=False, empty=True), ()),
            ("", lambda table: table.texts("a", required=False), ()),
            ('a = ["x", "y-2"]', lambda table: table.codes("a"), ("x", "y-2")),
            ("a = []", lambda table: table.codes("a"), ()),
            ("", lambda table: table.codes("a"), ()),
            ('a = "biru"', lambda table: table.choice("a", Colour), Colour.BLUE),
            ("a = 3", lambda table: table.whole("a", least=3, most=5), 3),
            ("a = 5", lambda table: table.whole("a", least=3, most=5), 5),
            ("a = [3, 5]", lambda table: table.wholes("a", least=3, most=5), (3, 5)),
            ("", lambda table: table.wholes("a", least=3, most=5), ()),
            ("a = true", lambda table: table.flag("a"), True),
            ("a = false", lambda table: table.flag("a"), False),
            ("", lambda table: table.flag("a"), False),
            ("a = 2026-11-23", lambda table: table.day("a"), date(2026, 11, 23)),
            ("a = 2026-11-23", lambda table: table.optional_day("a"), date(2026, 11, 23)),
            ("", lambda table: table.optional_day("a"), None),
            ("b = 1\na = 2", lambda table: table.keys, ("b", "a")),
            ("a.b = 1", lambda table: table.table("a").keys, ("b",)),
            ("a.b = 1", lambda table: ("a" in table, "b" in table), (True, False)),
            (
                "[[a]]\nb = 1\n[[a]]",
                lambda table: [one.keys for one in table.tables("a", row="r", named_by="b")],
                [("b",), ()],
            ),
            ("", lambda table: table.tables("a", row="r", named_by="b", required=False), []),
        ],
    )
    def test_it_comes_as_written(self, text: str, ask: Callable[[Table], object], value: object) -> None:
        assert read(text, ask) == (value, [])


NOT_A_CODE = "Use small letters and digits, words joined by single hyphens."
FROM_3_TO_5 = "Give a whole number from 3 to 5."


class TestWhatIsWrong:
    """Each getter says once what is wrong, in a sentence that names key and value, and returns something harmless."""

    @pytest.mark.parametrize(
        ("text", "ask", "value", "reason"),
        [
            ("", lambda table: table.text("a"), "", "“a” is missing. Add a text in quotation marks."),
            ("a = 1", lambda table: table.text("a"), "", "“a” is 1. Write it as a text in quotation marks."),
            ('a = " "', lambda table: table.text("a"), " ", "“a” is empty. Give it a text."),
            ('a = ""', lambda table: table.text("a"), "", "“a” is empty. Give it a text."),
            (
                'a = "katak"',
                lambda table: table.text("a", longest=4),
                "katak",
                "“a” has 5 characters. Shorten it to 4.",
            ),
            (
                'a = "dua\\nbaris"',
                lambda table: table.text("a"),
                "dua\nbaris",
                "“a” holds a line break, a tab or another control character. Write it on one line.",
            ),
            ("a = 1", lambda table: table.optional_text("a"), "", "“a” is 1. Write it as a text in quotation marks."),
            ('a = "Kata"', lambda table: table.code("a"), "Kata", f"“a” holds 'Kata'. {NOT_A_CODE}"),
            (f'a = "{"x" * 65}"', lambda table: table.code("a"), "x" * 65, "“a” has 65 characters. Shorten it to 64."),
            ("", lambda table: table.code("a"), "", "“a” is missing. Add a text in quotation marks."),
            ("", lambda table: table.texts("a"), (), "“a” is missing. Add a list."),
            ("a = []", lambda table: table.texts("a"), (), "“a” is empty. List at least one text."),
            ("a = []", lambda table: table.texts("a", required=False), (), "“a” is empty. List at least one text."),
            ('a = ["x", "y", "x"]', lambda table: table.texts("a"), ("x", "y", "x"), "“a” lists 'x' twice. Keep one."),
            (
                'a = ["xyz"]',
                lambda table: table.texts("a", longest=2),
                ("xyz",),
                "“a” has 3 characters. Shorten it to 2.",
            ),
            (
                'a = "x"',
                lambda table: table.texts("a"),
                (),
                "“a” is 'x'. Write it as a list in [ ] or, for tables, under [[a]].",
            ),
            ('a = ["X"]', lambda table: table.codes("a"), ("X",), f"“a” holds 'X'. {NOT_A_CODE}"),
            ("", lambda table: table.choice("a", Colour), None, "“a” is missing. Add one of merah, biru."),
            ('a = "bru"', lambda table: table.choice("a", Colour), None, "“a” is 'bru'. Did you mean “biru”?"),
            ("a = 1", lambda table: table.choice("a", Colour), None, "“a” is 1. Known here: biru, merah."),
            (
                "",
                lambda table: table.whole("a", least=3, most=5),
                None,
                "“a” is missing. Add a whole number from 3 to 5.",
            ),
            ("a = 2", lambda table: table.whole("a", least=3, most=5), None, f"“a” holds 2. {FROM_3_TO_5}"),
            ("a = 6", lambda table: table.whole("a", least=3, most=5), None, f"“a” holds 6. {FROM_3_TO_5}"),
            (
                "a = true",
                lambda table: table.whole("a", least=0, most=5),
                None,
                "“a” holds True. Give a whole number from 0 to 5.",
            ),
            ("a = [4, 4.0]", lambda table: table.wholes("a", least=3, most=5), (4,), f"“a” holds 4.0. {FROM_3_TO_5}"),
            (
                'a = "ya"',
                lambda table: table.flag("a"),
                False,
                "“a” is 'ya'. Write true or false, without quotation marks.",
            ),
            ("a = 1", lambda table: table.flag("a"), False, "“a” is 1. Write true or false, without quotation marks."),
            (
                "",
                lambda table: table.day("a"),
                None,
                "“a” is missing. Add a date such as 2026-11-23, without quotation marks.",
            ),
            (
                'a = "besok"',
                lambda table: table.day("a"),
                None,
                "“a” is 'besok'. Write a date such as 2026-11-23, without time and quotation marks.",
            ),
            (
                "a = 2026-11-23T08:00:00",
                lambda table: table.optional_day("a"),
                None,
                "“a” is 2026-11-23 08:00:00. Write a date such as 2026-11-23, without time and quotation marks.",
            ),
            ("", lambda table: table.table("a").keys, (), "“a” is missing. Add a table [a]."),
            ("a = 1", lambda table: table.table("a").keys, (), "“a” is 1. Write it as a table [a]."),
            ("", lambda table: table.tables("a", row="r", named_by="b"), [], "“a” is missing. Add a list."),
            (
                "a = [1, {b = 2}]",
                lambda table: [one.row for one in table.tables("a", row="r", named_by="b")],
                ["r 2"],
                "Entry 1 of “a” is 1. Write each entry under its own [[a]].",
            ),
        ],
    )
    def test_it_is_named_with_its_key(
        self, text: str, ask: Callable[[Table], object], value: object, reason: str
    ) -> None:
        assert read(text, ask) == (value, [f"document: {reason}"])

    def test_what_nobody_asked_for_is_unknown(self) -> None:
        def ask(table: Table) -> None:
            table.text("nama")
            table.optional_text("jabatan")
            table.finish(known=["senin"])

        assert read('nama = "x"\nsenin = 1\njabtan = "y"\nz = 1', ask) == (
            None,
            [
                "document: The key “jabtan” is unknown. Did you mean “jabatan”?",
                "document: The key “z” is unknown. Known here: jabatan, nama, senin.",
            ],
        )

    def test_the_nearest_of_several_words_is_named_and_where_none_is_known_that_is_said(self) -> None:
        assert nearest("kadiv2", ["kadis", "kadiv", "kabag"]) == "Did you mean “kadiv”?"
        assert nearest("x", []) == "Known here: none."

    def test_each_repeated_value_is_named_once(self) -> None:
        assert duplicates(["b", "a", "c", "a", "b", "a"]) == ["a", "b"]

    def test_a_long_value_is_shortened(self) -> None:
        assert len(shown("x" * 200)) == 80
        assert shown(date(2026, 11, 23)) == "2026-11-23"


class TestWhereItStands:
    def test_a_table_within_a_table_is_named_by_both(self) -> None:
        assert read("[luar.dalam]", lambda table: table.table("luar").table("dalam").row) == ("[luar] [dalam]", [])

    @pytest.mark.parametrize(
        ("entry", "row"),
        [
            ('{b = "x"}', "post x"),
            ("{b = 7}", "post 7"),
            ("{b = 2026-11-23}", "post 2026-11-23"),
            ('{b = " "}', "post at place 2"),
            ("{b = []}", "post at place 2"),
            ("{}", "post at place 2"),
        ],
    )
    def test_an_entry_is_named_by_its_name_or_else_its_place(self, entry: str, row: str) -> None:
        def ask(table: Table) -> list[str]:
            return [one.row for one in table.tables("a", row="post", named_by="b")]

        assert read(f"a = [{{b = 1}}, {entry}]", ask) == (["post 1", row], [])

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("a = 1\nb = ?", "line 2: This is not valid TOML near column 5: Invalid value. Correct this line."),
            (
                "a = [\n1,\n",
                "line 3: This is not valid TOML at the end of the document: Invalid value. Correct this line.",
            ),
            ("a = " + "[" * 2000 + "]" * 2000, "document: The values are nested too deeply. Flatten them."),
            ("a = " + "[" * 20 + "]" * 20, "document: The values are nested too deeply. Flatten them."),
        ],
    )
    def test_broken_toml_is_named_by_its_line(self, text: str, problem: str) -> None:
        with pytest.raises(InvalidDocument) as refusal:
            read(text, lambda table: table)
        assert [str(one) for one in refusal.value.problems] == [f"berkas.toml: {problem}"]


class TestTheFile:
    def test_one_that_is_missing_is_named_with_the_reason(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidDocument) as refusal:
            read_document(tmp_path / "hilang.toml", InvalidDocument)
        reason = "The file cannot be read (No such file or directory). Check its name and its permissions."
        assert [str(one) for one in refusal.value.problems] == [f"{tmp_path}/hilang.toml: file: {reason}"]

    def test_a_fault_without_words_is_named_by_its_kind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> str:
            raise PermissionError

        monkeypatch.setattr(Path, "read_text", fails)
        with pytest.raises(InvalidDocument, match=r"file: The file cannot be read \(PermissionError\)"):
            read_document(Path("berkas.toml"), InvalidDocument)

    def test_one_that_is_no_text_is_named_with_the_byte(self, tmp_path: Path) -> None:
        (tmp_path / "biner.toml").write_bytes(b'a = "\xff"')
        with pytest.raises(InvalidDocument) as refusal:
            read_document(tmp_path / "biner.toml", InvalidDocument)
        assert [f"{one.row}: {one.reason}" for one in refusal.value.problems] == [
            "byte 5: This is not UTF-8 text. Save the file with the encoding UTF-8."
        ]
