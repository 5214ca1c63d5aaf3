"""People of the bureau who report the same: they join a case, leave it, and say what they think of its result."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.repository.records import Records
from tests.models.bureau import Bureau


def joins(bureau: Bureau, name: str, case_id: int, text: str = "Saya juga.", files: Sequence[FileRecord] = ()) -> None:
    """Let a person join a case with their own words."""

    def join(records: Records) -> None:
        records.case(case_id).join(by=bureau[name]._person(records), text=text, files=files)

    bureau.work(join)


def leaves(bureau: Bureau, name: str, case_id: int) -> None:
    """Let a person take their own part out of a case."""
    bureau.work(lambda records: records.case(case_id).leave(by=bureau[name]._person(records)))
