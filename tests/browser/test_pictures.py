"""README's picture is of the page as it is."""

import struct

from tests.browser.pictures import DIGEST, LARGEST, PICTURE, SIZE, digest


def test_the_picture_of_readme_is_of_the_page_as_it_is() -> None:
    assert DIGEST.read_text().strip() == digest(), "make it again: python -m tests.browser.pictures"


def test_the_picture_of_readme_is_a_screen_and_loads_quickly() -> None:
    content = PICTURE.read_bytes()
    assert struct.unpack(">II", content[16:24]) == SIZE
    assert len(content) <= LARGEST
