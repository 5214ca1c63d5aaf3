"""The settings that a session asks the server for, beside those that the URL names itself."""

import pytest
from sqlalchemy import make_url

from bot.storage.postgresql import Postgresql


@pytest.mark.parametrize(("given", "kept"), [("-c deadlock_timeout=2s", True), ("-c lock_timeout=2s", False)])
def test_only_the_same_setting_in_the_url_takes_the_place_of_a_limit(*, given: str, kept: bool) -> None:
    url = make_url("postgresql+psycopg://office@localhost/record").update_query_dict({"options": given})
    options = Postgresql(url)._arguments("disposisi")["options"]
    assert options.endswith(given)
    assert ("-c lock_timeout=10s" in options) is kept
