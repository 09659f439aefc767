"""What every school answers in each period: the published totals shared out over the schools.

A school's tendency to be ahead or behind comes from its place, its levels and a lasting chance,
so both years resemble each other. Every share is exact: sums are the totals of `published`, and
no part exceeds its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reporting.demo import published
from reporting.demo.answers import Answer, Answers, Column, NotAvailable
from reporting.demo.apportion import apportion, half_up, highest, ranked
from reporting.demo.draws import draw, spread
from reporting.demo.province import Province, School
from reporting.demo.published import EARLIER, LATER, PERIODS
from reporting.demo.sizes import Sizes


def standing(school: School) -> int:
    """How well off a school is (average about 100), from its place and the levels that it teaches."""
    levels = [published.LEVEL_STANDING[level] for level in school.taught]
    return school.place.standing * sum(levels) // (100 * len(levels))


def leaning(value: int, lean: int) -> int:
    """A standing, pulled towards 100: by `lean` 100 not at all, by 0 fully; below 0 it turns around."""
    return max(1, 100 + (value - 100) * lean // 100)


class SchoolAnswers:
    """Fills the columns of both periods for one province and seed."""

    def __init__(self, province: Province, sizes: Sizes, seed: int) -> None:
        self.province = province
        self.sizes = sizes
        self.seed = seed
        self.standings = [standing(school) for school in province.schools]
        self.answers = {period: Answers() for period in PERIODS}

    def draw(self) -> dict[str, Answers]:
        """The answers of all schools, by period code."""
        self._sizes()
        for need in published.NEEDS:
            self._need(need)
        for part in published.PARTS:
            self._part(part)
        for question in published.YES_NO:
            self._yes_no(question)
        for flow in published.FLOWS:
            self._flow(flow)
        for flow_part in published.FLOW_PARTS:
            self._flow_part(flow_part)
        self._maturity()
        self._platforms()
        self._it_staff()
        return self.answers

    def _asked(self, asked_of: Sequence[str]) -> list[int]:
        return self.province.having(*asked_of)

    def _put(self, period: str, element: str, positions: Iterable[int], values: Iterable[Answer]) -> None:
        column: Column = [None] * len(self.province.schools)
        for position, value in zip(positions, values, strict=True):
            column[position] = value
        self.answers[period].columns[element] = column

    def _numbers(self, period: str, element: str, positions: Iterable[int]) -> list[int]:
        column = self.answers[period].columns[element]
        cells = [column[position] for position in positions]
        return [cell for cell in cells if isinstance(cell, int)]

    def _weights(
        self, element: str, period: str, positions: Sequence[int], lean: int, noise: int
    ) -> list[int]:
        """How much of its whole each school tends to have; both years share most of their chance."""
        count = len(self.province.schools)
        lasting = spread(self.seed, count, 100 - noise, 100 + noise, element)
        passing = spread(self.seed, count, 86, 114, element, period)
        return [leaning(self.standings[i], lean) * lasting[i] * passing[i] for i in positions]

    def _sizes(self) -> None:
        everybody, general = self._asked(published.ALL), self._asked(published.GENERAL)
        for period in PERIODS:
            learners, teachers = self.sizes.learners[period], self.sizes.teachers[period]
            taught = [sum(teachers[i].values()) for i in everybody]
            others = self.sizes.other_staff[period]
            self._put(period, "learner_records", everybody, (sum(learners[i].values()) for i in everybody))
            self._put(period, "pupils", general, (sum(learners[i].values()) for i in general))
            self._put(period, "teachers", everybody, taught)
            self._put(period, "other_staff", everybody, others)
            staff = (one + other for one, other in zip(taught, others, strict=True))
            self._put(period, "staff_records", everybody, staff)

    def _need(self, need: published.Need) -> None:
        asked = self._asked((need.level,))
        for period, per_school in zip(PERIODS, need.per_school, strict=True):
            learners = self.sizes.learners[period]
            weights = [sum(learners[i].get(level, 0) for level in _counted_as(need.level)) for i in asked]
            self._put(period, need.element, asked, apportion(half_up(per_school * len(asked)), weights))

    def _part(self, part: published.Part) -> None:
        asked = self._asked(part.asked_of)
        for period, share in zip(PERIODS, part.shares, strict=True):
            silent = self.sizes.silent[period] if part.element == "teachers_with_computer" else frozenset()
            giving = [i for i in asked if i not in silent]
            wholes = self._numbers(period, part.of, giving)
            given = self._shared(part.element, period, giving, wholes, half_up(share * sum(wholes)), part)
            cells: dict[int, Answer] = dict(zip(giving, given, strict=True))
            unsaid = NotAvailable(published.SILENT_REASON)
            self._put(period, part.element, asked, (cells.get(i, unsaid) for i in asked))

    def _shared(
        self,
        element: str,
        period: str,
        positions: Sequence[int],
        wholes: Sequence[int],
        total: int,
        how: published.Part | published.FlowPart,
    ) -> list[int]:
        """`total` over schools that have `wholes`, each up to its whole."""
        tendencies = self._weights(element, period, positions, how.lean, how.noise)
        weights = [whole * tendency for whole, tendency in zip(wholes, tendencies, strict=True)]
        return apportion(total, weights, wholes)

    def _yes_no(self, question: published.YesNo) -> None:
        asked = self._asked(question.asked_of)
        for period, share in zip(PERIODS, question.shares, strict=True):
            scores = self._scores(question.element, period)
            yes = set(highest(half_up(share * len(asked)), scores, asked))
            self._put(period, question.element, asked, (int(i in yes) for i in asked))

    def _scores(self, element: str, period: str) -> list[int]:
        """Who comes first where only some schools are ahead; a school may fall back between years."""
        count = len(self.province.schools)
        lasting = spread(self.seed, count, 0, 90, element)
        passing = spread(self.seed, count, 0, 25, element, period)
        return [sum(parts) for parts in zip(self.standings, lasting, passing, strict=True)]

    def _flow(self, flow: published.Flow) -> None:
        asked = self._asked(flow.asked_of)
        steps = half_up(flow.per_school * len(asked) / flow.quantum)
        total = steps * flow.quantum
        first = half_up(flow.first * total)
        for period, amount in zip(PERIODS, (first, total - first), strict=True):
            learners = self.sizes.learners[period]
            counted = [sum(learners[i].get(level, 0) for level in flow.levels) for i in asked]
            tendencies = self._weights(flow.element, period, asked, flow.lean, 15)
            weights = [one * tendency for one, tendency in zip(counted, tendencies, strict=True)]
            self._put(period, flow.element, asked, apportion(amount, weights))

    def _flow_part(self, part: published.FlowPart) -> None:
        asked = self._asked(part.asked_of)
        wholes = {period: self._numbers(period, part.of, asked) for period in PERIODS}
        total = half_up(part.share * sum(map(sum, wholes.values())))
        first = half_up(part.first * sum(wholes[EARLIER]))
        for period, amount in ((EARLIER, first), (LATER, total - first)):
            given = self._shared(part.element, period, asked, wholes[period], amount, part)
            self._put(period, part.element, asked, given)

    def _maturity(self) -> None:
        """The levels by rank: the highest level to those who score best."""
        asked = self._asked(published.GENERAL)
        for period in PERIODS:
            wanted = published.MATURITY[period]
            counts = dict(zip(wanted, apportion(len(asked), list(wanted.values())), strict=True))
            best_first = ranked(self._scores("maturity_level", period), asked)
            levels: dict[int, Answer] = {}
            for level in sorted(counts, reverse=True):
                levels.update((i, (level,)) for i in best_first[: counts[level]])
                best_first = best_first[counts[level] :]
            self._put(period, "maturity_level", asked, (levels[i] for i in asked))

    def _platforms(self) -> None:
        """Platforms of each general school; each one on the list is in use somewhere in 2023."""
        asked = self._asked(published.GENERAL)
        used = {i: self._platforms_of(self.province.schools[i]) for i in asked}
        best_first = ranked(self.standings, asked)
        in_use = {code for several in used.values() for code in several}
        for n, code in enumerate(code for code in published.PLATFORMS if code not in in_use):
            used[best_first[n % len(best_first)]].add(code)
        self._put(LATER, "platforms", asked, (_listed(used[i]) for i in asked))
        before = (self._platforms_before(self.province.schools[i], used[i]) for i in asked)
        self._put(EARLIER, "platforms", asked, before)

    def _platforms_of(self, school: School) -> set[str]:
        chance = draw(self.seed, "platforms", school.code)
        used = {code for code, percent in published.PLATFORMS.items() if chance.randint(1, 100) <= percent}
        return used or {"zalo"}

    def _platforms_before(self, school: School, used: set[str]) -> tuple[str, ...]:
        """What the school used a year earlier: most of it, and nothing that is new in the province."""
        chance = draw(self.seed, "platforms", school.code, EARLIER)
        known = sorted(used - published.PLATFORMS_OF_2023_ONLY)
        kept = {code for code in known if chance.randint(1, 100) <= 80}
        return _listed(kept or {"zalo"})

    def _it_staff(self) -> None:
        asked = self._asked(published.UPPER)
        people = [published.IT_STAFF_OF_SCHOOL] * len(asked)
        for period, share in zip(PERIODS, published.IT_TRAINED_OF_SCHOOLS, strict=True):
            weights = spread(self.seed, len(asked), 50, 150, "it_staff_trained", period)
            trained = apportion(half_up(share * sum(people)), weights, people)
            self._put(period, "it_staff", asked, people)
            self._put(period, "it_staff_trained", asked, trained)


def _counted_as(level: str) -> tuple[str, ...]:
    """A continuing-education centre follows the upper-secondary curriculum."""
    return (level, "continuing") if level == "upper_secondary" else (level,)


def _listed(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in the order of the list."""
    wanted = set(codes)
    return tuple(code for code in published.PLATFORMS if code in wanted)
