"""The type of a file is what its bytes say."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.files import placeholder
from models.rules.media_type import UNKNOWN, media_type

OFFICE = "application/vnd.openxmlformats-officedocument."


def zipped(*names: str) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg", "jpg"),
        (placeholder(0), "image/png", "png"),
        (b"%PDF-1.7\n", "application/pdf", "pdf"),
        (b"OggS\x00\x02", "audio/ogg", "ogg"),
        (b"\xff\xfb\x90\x44", "audio/mpeg", "mp3"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4", "mp4"),
        (b"\x00\x00\x00\x18ftypM4A ", "audio/mp4", "m4a"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp", "webp"),
        (b"RIFF\x00\x00\x00\x00ABCD", UNKNOWN, "bin"),
        (
            zipped("word/document.xml"),
            f"{OFFICE}wordprocessingml.document",
            "docx",
        ),
        (zipped("xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet", "xlsx"),
        (zipped("a.txt"), "application/zip", "zip"),
        (b"PK\x03\x04 and no archive", "application/zip", "zip"),
        ("Catatan ruang server — lantai 2".encode(), "text/plain", "txt"),
        (b"\xc3\x28", UNKNOWN, "bin"),
        (b"", UNKNOWN, "bin"),
    ],
)
def test_the_bytes_tell(content: bytes, name: str, ending: str) -> None:
    found = media_type(content)
    assert (found.name, found.ending) == (name, ending)


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /\n"])
def test_no_program_gets_an_ending_by_which_it_would_run(content: bytes) -> None:
    assert media_type(content).ending == "bin"


@given(content=st.binary(max_size=64))
def test_any_bytes_have_a_type_that_the_record_can_hold(content: bytes) -> None:
    found = media_type(content)
    assert 0 < len(found.name) <= 80
    assert found.ending.isalnum()
