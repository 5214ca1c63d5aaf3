"""Statements that are handed to the driver say the same as those that SQLAlchemy hands to it."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from models.repository import driver
from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("postgresql")

BY_NAME = "SELECT %(one)s::int - %(two)s::int * %(one)s::int, '100 %%', 7 %% 4, %(two)s::int"
BY_PLACE = "SELECT %s::int - %s::int * %s::int, '100 %%', 7 %% 4, '$1'"


@pytest.mark.parametrize(
    ("statement", "parameters", "row"),
    [
        (BY_NAME, {"two": 3, "one": 5}, (-10, "100 %", 3, 3)),
        (BY_PLACE, (5, 3, 5), (-10, "100 %", 3, "$1")),
        ("SELECT 7 %% 4", (), (3,)),
    ],
    ids=["by-name", "by-place", "without"],
)
def test_marks_and_percent_signs_mean_the_same_on_both_ways(
    bureau: Bureau, statement: str, parameters: driver.Parameters, row: tuple[object, ...]
) -> None:
    with bureau.engine.connect() as connection:
        assert list(map(tuple, driver.rows(connection, statement, parameters))) == [row]
        event.listen(connection, "before_cursor_execute", lambda *_: None)
        assert list(map(tuple, driver.rows(connection, statement, parameters))) == [row]


def test_a_statement_is_carried_out_with_each_of_several_parameters(bureau: Bureau) -> None:
    with bureau.engine.connect() as connection:
        driver.changed(connection, "CREATE TEMPORARY TABLE counted (number int, word text)", ())
        insert = "INSERT INTO counted (number, word) VALUES (%(number)s, %(word)s)"
        given = [{"word": "satu", "number": 1}, {"number": 2, "word": "dua %s"}]
        assert driver.changed(connection, insert, *given) == 2
        assert driver.changed(connection, "UPDATE counted SET word = %s WHERE number > %s", ("%", 0)) == 2
        found = driver.rows(connection, "SELECT number, word FROM counted ORDER BY number", ())
        assert list(map(tuple, found)) == [(1, "%"), (2, "%")]


def test_what_the_server_refuses_is_an_error_of_sqlalchemy(bureau: Bureau) -> None:
    with bureau.engine.connect() as connection, pytest.raises(DBAPIError, match="division by zero"):
        driver.rows(connection, "SELECT 1 / %s::int", (0,))
