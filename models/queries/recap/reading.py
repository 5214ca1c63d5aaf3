"""Finding what a person handled in a month: three indexes lead to it, and the cases are read whole, many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from models.case.appraisers import appraisers
from models.case.case import Case, CaseState
from models.case.question import Remark
from models.case.sight import Sight, sight_of
from models.case.sop_version import SopVersion
from models.case.standing import Standing
from models.case.task import Task
from models.case.verdict import changeable_until
from models.office.office import Office
from models.office.person import Person, includes
from models.office.tenure import ActingAs
from models.queries.recap.rows import Assignment, HandedOn, Handled, Pass, Recap
from models.queries.register.stays import Stay, times
from models.repository import whole_case
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.period import Period


def recap(reader: Reader, person: Person, period: Period, *, viewer: Person | None) -> Recap:
    """Return what `person` handled in `period`, as `viewer` may read it; None reads as the person themselves would.

    A Laporan Evaluasi counts for the person who submitted it, in the month of its submission, also as Plh. and after a
    colleague handed it over. What they handed on before that is listed beside. Whether `viewer` may see it at all is
    the caller's question (`entitled.may_see`).
    """
    found = _Finding(reader, person, period, viewer or person)
    office = reader.office()
    superior = next(iter(_superiors(office, person)), None)
    above = next(iter(office.posts_of(superior)), "") if superior is not None else ""
    return Recap(
        person_id=person.id,
        name=person.name,
        nip=person.nip,
        unit=person.unit,
        posts=[_title(reader, post) for post in office.posts_of(person)],
        superior=superior.name if superior is not None else "",
        superior_nip=superior.nip if superior is not None else "",
        superior_post=reader.office_file.short_of(above) if above else "",
        period=period,
        handled=found.handled(),
        handed_on=found.handed_on(),
    )


def _superiors(office: Office, person: Person) -> list[Person]:
    """Return who holds the nearest post above the first one of a person that another person holds."""
    known = {post.code for post in office.file.posts}
    held = [post for post in office.posts_of(person) if post in known]
    above = (office.holders(post) for post in office.above(held[0])) if held else iter(())
    return next((found for holders in above if (found := [one for one in holders if one.id != person.id])), [])


def _title(reader: Reader, post: str) -> str:
    return next((one.title for one in reader.office_file.posts if one.code == post), post)


@dataclass(frozen=True, slots=True)
class _Finding:
    reader: Reader
    person: Person
    period: Period
    viewer: Person

    def handled(self) -> list[Handled]:
        """Return the cases in which the person submitted, in the order of their first submission of the month."""
        submitted = defaultdict[int, list[int]](list)
        for case_id, task_id in self.reader.session.execute(self._submitted()):
            submitted[case_id].append(task_id)
        cases = {case.id: case for case in whole_case.read_many(self.reader.session, submitted)}
        transfers = self._transfers(submitted)
        names = self._names(cases.values(), transfers)
        return [
            _Reading(self, cases[case_id], frozenset(tasks), transfers, names).handled
            for case_id, tasks in submitted.items()
        ]

    def handed_on(self) -> list[HandedOn]:
        """Return what the person handed to colleagues of the same post, out of a step in which the work is done."""
        starts, ends = self._bounds
        wanted = (
            select(Remark, Task, Case.number, SopVersion, Person.name)
            .join(Task, Task.id == Remark.task_id)
            .join(Case, Case.id == Remark.case_id)
            .join(SopVersion, SopVersion.id == Case.sop_version_id)
            .join(Person, Person.id == Remark.to_id)
            .where(Remark.by_id == self.person.id, Remark.to_id.is_not(None), Remark.at >= starts, Remark.at < ends)
            .order_by(Remark.at, Remark.id)
        )
        return [
            HandedOn(case_id=remark.case_id, number=number, at=remark.at, to=name)
            for remark, task, number, version, name in self.reader.session.execute(wanted)
            if version.sop.step(task.step).kind.rules.handles and _post_of(remark.capacity) == task.post
        ]

    @property
    def _bounds(self) -> tuple[datetime, datetime]:
        zone = self.reader.calendar.zone
        return self.period.starts(zone), self.period.ends(zone)

    def _submitted(self) -> Select[int, int]:
        starts, ends = self._bounds
        return (
            select(Task.case_id, Task.id)
            .where(Task.decided_by_id == self.person.id, Task.closed_at >= starts, Task.closed_at < ends)
            .where(Task.outcome == Outcome.SUBMITTED)
            .order_by(Task.closed_at, Task.id)
        )

    def _transfers(self, case_ids: Iterable[int]) -> list[Remark]:
        """Return who was handed a task of some cases, in order."""
        found = select(Remark).where(Remark.case_id.in_(list(case_ids)), Remark.to_id.is_not(None)).order_by(Remark.id)
        return list(self.reader.session.scalars(found))

    def _names(self, cases: Iterable[Case], transfers: Iterable[Remark]) -> Mapping[int, str]:
        wanted = {one for case in cases for one in (case.appraised_by_id, *(rev.author_id for rev in case.evaluations))}
        wanted |= {one.by_id for one in transfers}
        found = select(Person.id, Person.name).where(Person.id.in_([one for one in wanted if one is not None]))
        return {row.id: row.name for row in self.reader.session.execute(found)}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One case, the tasks of it that the person ended in the month, and what its words may be read for."""

    finding: _Finding
    case: Case
    tasks: frozenset[int]
    transfers: Sequence[Remark]
    names: Mapping[int, str]

    @property
    def handled(self) -> Handled:
        case, standing = self.case, self._standing
        last = case.submitted
        ended = [one for one in case.tasks if one.id in self.tasks]
        written = [one for one in case.evaluations if one.task_id in self.tasks and one.submitted_at is not None][-1]
        whole, own = self._whole, self._own
        ended_by = last.author_id if last is not None and last.author_id != self.finding.person.id else None
        return Handled(
            case_id=case.id,
            number=case.number,
            sop=case.sop.title,
            confidential=case.confidential,
            erased=case.erased_in is not None,
            subject=case.subject if whole and self._may_stand(case.reporter) else "",
            unit=case.reporter.unit if whole else "",
            assignment=self._assignment(ended[0]),
            passes=[self._pass(one) for one in ended],
            findings=written.findings if own else "",
            action=written.action if own else "",
            result=written.result if own else "",
            state=CaseState(case.state),
            closed_at=case.closed_at,
            ended_by=self.names.get(ended_by, "") if ended_by is not None else "",
            helped=case.helped,
            heard=self._standing.heard,
            quick=case.quick,
            clear=case.clear,
            well=case.well,
            appraised_by=self.names.get(case.appraised_by_id, "") if case.appraised_by_id is not None else "",
            appraised_at=case.appraised_at,
            appraisable=ended_by is None and self._appraisable(standing),
        )

    @property
    def _standing(self) -> Standing:
        reader = self.finding.reader
        return Standing(self.case, office=reader.office(), at=reader.at)

    @property
    def _whole(self) -> bool:
        """Whether the words of others may stand there: not those of a confidential case, and as far as one may see."""
        return not self.case.confidential and sight_of(self._standing, self.finding.viewer) is Sight.WHOLE

    @property
    def _own(self) -> bool:
        """Whether the words of the person may stand there: to others as those of the case, unless they are restricted.

        Their own words a person may read wherever they are now.
        """
        if self.case.confidential:
            return False
        if self.finding.viewer.id == self.finding.person.id:
            return True
        return self._whole and self._may_stand(self.finding.person)

    def _may_stand(self, author: Person) -> bool:
        """Whether what a person wrote may stand there: a restriction holds once the case is over."""
        return self.case.closed_at is None or author.restricted_in is None

    def _appraisable(self, standing: Standing) -> bool:
        until = changeable_until(self.case.appraised_at)
        open_still = until is None or self.finding.reader.at <= until
        over = self.case.state is CaseState.CLOSED
        return over and open_still and includes(appraisers(standing), self.finding.viewer.id)

    def _assignment(self, first: Task) -> Assignment | None:
        """Return the disposition that led to the work; None for a report that went straight to who handled it."""
        before = [one for one in self.case.tasks if one.id < first.id and one.outcome == Outcome.FORWARDED]
        given = before[-1] if before else None
        if given is None or given.closed_at is None or given.decided_by is None:
            return None
        by = given.decided_by
        shown = self._whole and self._may_stand(by)
        return Assignment(
            by=by.name,
            acting=ActingAs.parse(given.decided_as or ""),
            post=self.finding.reader.office_file.short_of(given.post),
            at=given.closed_at,
            instructions=given.instructions if shown else [],
            note=given.note if shown else "",
        )

    def _pass(self, task: Task) -> Pass:
        calendar = self.finding.reader.calendar
        took = times(Stay.of(task), calendar, at=self.finding.reader.at)
        given = [one for one in self.transfers if one.task_id == task.id]
        received = given[-1].at if given else task.opened_at
        before = calendar.late(took.due, received) if given else 0
        reason, by = self._late_reason(task)
        submitted = [one for one in self.case.evaluations if one.task_id == task.id and one.submitted_at is not None]
        return Pass(
            round=task.round,
            revision=submitted[-1].revision,
            received_at=received,
            given_by=self.names.get(given[-1].by_id, "") if given else "",
            submitted_at=task.closed_at or self.finding.reader.at,
            counted_from=task.counted_from(calendar),
            standard=task.standard,
            used=took.used,
            waited=took.waited,
            late_by=took.late_by,
            late_before=max(0, min(before, took.late_by)),
            acting=ActingAs.parse(task.decided_as or ""),
            late_reason=reason,
            late_reason_by=by,
        )

    def _late_reason(self, task: Task) -> tuple[str, str]:
        """Return why a task was late, and who else than the person said so, as far as the reader may read it.

        A reason is between officials; of a confidential case it stands on no list, as no words of one do.
        """
        by = task.late_reason_by
        own = by is not None and by.id == self.finding.viewer.id and not self.case.confidential
        shown = by is not None and bool(task.late_reason) and (own or (self._whole and self._may_stand(by)))
        if by is None or not shown:
            return "", ""
        return task.late_reason, by.name if by.id != self.finding.person.id else ""


def _post_of(capacity: str) -> str:
    acting = ActingAs.parse(capacity)
    return acting.post if acting is not None else ""
