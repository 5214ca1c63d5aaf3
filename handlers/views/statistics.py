"""What the screens of `/statistik` show, read for one person and their choice."""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from handlers.screens.paging import within
from handlers.screens.statistics import PAGE, FiguresView, Group, Heading, ListedView, counts
from handlers.texts.catalogue import Say
from models.case.sight import Sight
from models.case.standing import Standing
from models.office.person import Person
from models.queries.consultations import sight_in
from models.repository import whole_case
from models.repository.reader import Reader
from models.rules.standard import Standard
from models.statistics.choice import Choice
from models.statistics.figures import PersonFigures, by, by_person, total
from models.statistics.listing import Number, cases_of, count_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Scope, scope_of

_TIMES = frozenset({"minutes"})
_MAIN = frozenset({"minutes", "how", "outcome"})
_OF_PERSONS = frozenset({"post", "person_id", "decider_id", "outcome", "minutes"})


class StatisticsView:
    """What one person sees of the statistics for their choice."""

    def __init__(self, reader: Reader, person: Person, choice: Choice, say: Say) -> None:
        self._reader, self._person, self._choice, self._say = reader, person, choice, say
        self._statistics = Statistics(reader)
        self.scope: Scope = scope_of(reader.office(), person)
        self.wanted = self.scope.narrowed(choice.wanted, person)

    @property
    def heading(self) -> Heading:
        """Of what the figures are."""
        return Heading(self.wanted.period, " · ".join(self._what()), self._statistics.behind)

    def figures(self) -> FiguresView:
        """Return the figures of the choice."""
        wanted, statistics, choice = self.wanted, self._statistics, self._choice
        whole = self.scope.office and wanted.of_cases
        person = self._of_person() if wanted.person is not None else None
        return FiguresView(
            heading=self.heading,
            figures=total(statistics.cells(wanted, _MAIN)),
            came=statistics.came(wanted),
            open=statistics.open_now(wanted),
            verdicts=statistics.verdicts(wanted) if whole else None,
            standard=self._standard(),
            person=person,
            of_cases=wanted.of_cases,
            own=self.scope.own and (self.scope.office or bool(self.scope.below)) and wanted.person != self._person.id,
            whole=not choice.is_whole and (self.scope.office or bool(self.scope.below)),
            file=self.scope.office,
            people=(self.scope.office or bool(self.scope.below)) and wanted.person is None,
        )

    def listed(self, page: int | None) -> ListedView:
        """Return a page of the cases behind the number that is opened. Raises ValueError where none is."""
        number = self._choice.number
        if number is None:
            raise ValueError("no number is opened")
        count = (
            count_of(self._statistics, self._reader, number, self.wanted)
            if number in {Number.REMINDED, Number.WAITED}
            else dict(counts(self.figures())).get(number, 0)
        )
        shown = within(page, count, PAGE)
        lines = cases_of(self._statistics, self._reader, number, self.wanted, offset=shown.page * PAGE, limit=PAGE)
        readable = self._readable([one.case_id for one in lines])
        return ListedView(self.heading, number, count, lines, shown, readable)

    def sops(self) -> list[Group]:
        """Return the figures of each SOP."""
        found = by(self._statistics.cells(self.wanted, _TIMES | {"sop"}), attrgetter("sop"))
        return [Group(self._sop(sop), f"sop:{sop}", told) for sop, told in sorted(found.items()) if told.stays]

    def steps(self) -> list[Group]:
        """Return the figures of each step, in the order of the SOPs."""
        cells = self._statistics.cells(self.wanted, _TIMES | {"sop", "step"})
        found = by(cells, attrgetter("sop", "step"))
        several = len({sop for sop, _ in found if sop}) > 1
        return [
            Group(
                self._step(sop, step, several=several),
                f"step:{sop}/{step}",
                told,
                standard=self._standard_of(sop, step),
            )
            for (sop, step), told in sorted(found.items())
            if told.stays
        ]

    def posts(self) -> list[Group]:
        """Return the figures of each post, in the order of the office file."""
        found = by(self._statistics.cells(self.wanted, _TIMES | {"post"}), attrgetter("post"))
        order = [post.code for post in self._reader.office_file.posts]
        known = sorted(found, key=lambda post: order.index(post) if post in order else len(order))
        return [Group(self._post(post), f"post:{post}", found[post]) for post in known if found[post].stays]

    def people(self, *, times: bool = False) -> list[Group]:
        """Return what each person held and decided in each post, by their names; with `times` also how long it took.

        The times are many: without them a year of a large office is read in a fraction of the time.
        """
        apart = _OF_PERSONS if times else _OF_PERSONS - _TIMES
        found = by_person(self._statistics.cells(self.wanted, apart))
        names = self._statistics.names(person for _, person in found)
        told = [
            Group(names.get(person, ""), f"person:{person}", person=of_person, post=self._post(post))
            for (post, person), of_person in found.items()
            if of_person.held or of_person.decided
        ]
        return sorted(told, key=lambda one: (one.name, one.post))

    def _of_person(self) -> PersonFigures:
        found = PersonFigures()
        cells = self._statistics.cells(self.wanted, _OF_PERSONS - {"post"})
        for (_, person), one in by_person(cells).items():
            if person == self.wanted.person:
                found = one
        return found

    def _readable(self, case_ids: Sequence[int]) -> frozenset[int]:
        """Return those of the cases that the reader may open."""
        reader, office = self._reader, self._reader.office()
        found = whole_case.read_many(reader.session, case_ids) if case_ids else ()
        standing = (Standing(case, office=office, at=reader.at) for case in found)
        return frozenset(one.case.id for one in standing if sight_in(reader, one, self._person) is not Sight.NOTHING)

    def _what(self) -> Iterator[str]:
        wanted = self.wanted
        if wanted.sop is not None:
            yield self._sop(wanted.sop)
        if wanted.step is not None:
            yield self._step(wanted.sop or "", wanted.step, several=False)
        if wanted.post is not None:
            yield self._post(wanted.post)
        if wanted.person is not None:
            yield self._statistics.names([wanted.person]).get(wanted.person, "")
        elif wanted.posts is not None:
            yield self._say.plain("statistics-below")
        elif wanted.of_cases and wanted.sop is None:
            yield self._say.plain("statistics-whole-office")

    def _sop(self, code: str) -> str:
        sop = self._reader.rules.sops.get(code)
        return sop.title if sop is not None else code

    def _post(self, code: str) -> str:
        return self._reader.office_file.short_of(code)

    def _step(self, sop: str, step: int, *, several: bool) -> str:
        known = self._reader.rules.sops.get(sop)
        short = next((one.short for one in known.steps if one.number == step), "") if known is not None else ""
        prefix = f"{known.prefix} " if several and known is not None else ""
        return f"{prefix}{step}. {short}" if short else self._say.plain("statistics-one-step", step=str(step))

    def _standard(self) -> str:
        wanted = self.wanted
        return self._standard_of(wanted.sop, wanted.step) if wanted.sop and wanted.step else ""

    def _standard_of(self, sop: str, step: int) -> str:
        known = self._reader.rules.sops.get(sop)
        found = next((one.standard for one in known.steps if one.number == step), None) if known is not None else None
        return self._say.time.standard(found) if isinstance(found, Standard) else ""
