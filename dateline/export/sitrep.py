"""The situation report: what happened in a stretch of days, as sentences that each cite the reports they rest on.

It adds nothing to the record: a sum is a range over incidents' ranges, a claim names its speaker, a dispute names both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.codebook.crosswalk import load_countries
from dateline.export import words
from dateline.model.event import GROUP_OF, EventGroup, Measure, ReportHead
from dateline.model.incident import Holding, Incident, Testimony

REAL = ("happened", "ongoing")
SUMMED: tuple[Measure, ...] = ("killed", "injured", "displaced", "captured", "abducted", "arrested")
DEEDS: tuple[EventGroup, ...] = ("violence", "control", "coercion", "unrest", "humanitarian")
MOST_CITED = 4
MOST_CITED_BY_SUM = 12
SPOTS = ("point", "town", "district")


@dataclass(frozen=True, slots=True)
class Cited:
    """A report by its number in the list of sources."""

    number: int
    report: ReportHead


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the numbers of the reports that it rests on."""

    words: str
    cites: tuple[int, ...]
    incident_id: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A measure over all incidents: each incident's own range added up; `high` None where any is open above."""

    measure: Measure
    low: int
    high: int | None
    incidents: int
    disputed: int
    cites: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        counted = f"{words.count(self.low, self.high)} {words.MEASURES[self.measure]}"
        doubt = f", {self.disputed} of them disputed" if self.disputed else ""
        return f"{counted}, in {words.plural(self.incidents, 'incident')}{doubt}"


@dataclass(frozen=True, slots=True)
class Day:
    day: date | None
    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        return words.day(self.day) if self.day else "Day unknown"


@dataclass(frozen=True, slots=True)
class MapMark:
    """What the map shows: an incident at a known spot, or a place that changed hands. `size` is the number killed."""

    lat: float
    lon: float
    name: str
    group: EventGroup
    size: int
    is_control: bool


@dataclass(frozen=True, slots=True)
class SitRep:
    """`kinds` are types with their number of incidents, most first; `new` what was first told on or after `new_since`;
    `per_day` counts deeds by day and group."""

    first: date
    last: date
    place: str | None
    new_since: date
    incidents: int
    sums: tuple[Sum, ...]
    kinds: tuple[tuple[str, EventGroup, int], ...]
    control: tuple[Line, ...]
    days: tuple[Day, ...]
    disputes: tuple[Line, ...]
    open: tuple[Line, ...]
    politics: tuple[Line, ...]
    new: tuple[Line, ...]
    sources: tuple[Cited, ...]
    per_day: tuple[tuple[date, EventGroup, int], ...] = ()
    marks: tuple[MapMark, ...] = ()

    @property
    def sections(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Titles with their lines, before the days; those without a line are left out."""
        every = (
            ("Changes of control", self.control),
            (f"New since {words.day(self.new_since)}", self.new),
            ("Claims and denials", self.disputes),
            ("Denied, planned, feared", self.open),
            ("Said and agreed", self.politics),
        )
        return tuple((title, lines) for title, lines in every if lines)

    @property
    def where(self) -> str | None:
        """The place asked for; a country by its name."""
        country = load_countries().get((self.place or "").upper())
        return country.name if country else self.place

    @property
    def title(self) -> str:
        where = f"{self.where}, " if self.where else ""
        return f"Situation report: {where}{words.days(self.first, self.last)}"


class Citing:
    """Numbers reports in the order in which sentences first cite them."""

    def __init__(self) -> None:
        self._numbers: dict[str, Cited] = {}

    def cite(self, reports: Iterable[ReportHead], most: int = MOST_CITED) -> tuple[int, ...]:
        found = []
        for report in list({report.id: report for report in reports}.values())[:most]:
            cited = self._numbers.setdefault(report.id, Cited(len(self._numbers) + 1, report))
            found.append(cited.number)
        return tuple(found)

    def sources(self) -> tuple[Cited, ...]:
        return tuple(self._numbers.values())


def situation(
    incidents: Sequence[Incident],
    holdings: Sequence[Holding],
    first: date,
    last: date,
    place: str | None = None,
    new_since: date | None = None,
) -> SitRep:
    """`incidents` and `holdings` are already narrowed to place and days; background is left out."""
    told = [incident for incident in incidents if not incident.background]
    real = [incident for incident in told if incident.status in REAL]
    deeds = [incident for incident in real if incident.group in DEEDS]
    since = new_since or last
    citing = Citing()
    reports = {account.report.id: account.report for incident in incidents for account in incident.accounts}
    return SitRep(
        first=first,
        last=last,
        place=place,
        new_since=since,
        incidents=len(real),
        sums=tuple(_sums(real, citing)),
        kinds=tuple(_kinds(real)),
        control=tuple(_changes(holdings, first, last, reports, citing)),
        days=tuple(_days(deeds, citing)),
        disputes=tuple(_dispute(i, citing) for i in told if i.disputes),
        open=tuple(_line(i, citing) for i in told if i.status not in REAL),
        politics=tuple(_line(i, citing) for i in real if i.group == "politics" and i.by),
        new=tuple(_line(i, citing) for i in deeds if i.first_told and i.first_told >= since),
        sources=citing.sources(),
        per_day=tuple(_per_day(deeds, first, last)),
        marks=tuple(_marks(deeds, holdings, first, last)),
    )


def _per_day(incidents: Sequence[Incident], first: date, last: date) -> Iterator[tuple[date, EventGroup, int]]:
    """What is known to one day of the report."""
    found = Counter((i.when.start, i.group) for i in incidents if i.when and i.when.start and i.when.start == i.when.end)
    for (day, group), number in sorted(found.items()):
        if first <= day <= last:
            yield day, group, number


def _marks(incidents: Sequence[Incident], holdings: Sequence[Holding], first: date, last: date) -> Iterator[MapMark]:
    """A province's middle is no place where anything happened: only spots are marked."""
    for incident in incidents:
        place = incident.place
        if place and place.lat is not None and place.lon is not None and place.precision in SPOTS:
            yield MapMark(place.lat, place.lon, place.name, incident.group, _dead(incident), False)
    for item in _begun(holdings, first, last):
        if item.place.lat is not None and item.place.lon is not None:
            holder = item.holder or "a side not named"
            yield MapMark(item.place.lat, item.place.lon, f"{item.place.name}: {holder}", "control", 0, True)


def _begun(holdings: Sequence[Holding], first: date, last: date) -> list[Holding]:
    begun = [item for item in holdings if item.since_latest and first <= item.since_latest <= last]
    return sorted(begun, key=lambda item: (item.since_latest or first, item.key))


def _sums(incidents: Sequence[Incident], citing: Citing) -> Iterator[Sum]:
    for measure in SUMMED:
        counted = [i for i in incidents if not i.aggregate and any(figure.measure == measure for figure in i.figures)]
        found = [max(counts, key=lambda f: f.high or f.low or 0) for counts in _counts(incidents, measure)]
        if found:
            highs = [figure.high for figure in found]
            yield Sum(
                measure,
                sum(figure.low or 0 for figure in found),
                None if None in highs else sum(high for high in highs if high is not None),
                len(found),
                sum(figure.disputed for figure in found),
                citing.cite((incident.accounts[0].report for incident in counted if incident.accounts), MOST_CITED_BY_SUM),
            )


def _counts(incidents: Sequence[Incident], measure: Measure) -> Iterator[list]:  # type: ignore[type-arg]
    for incident in incidents:
        if not incident.aggregate and (counts := [figure for figure in incident.figures if figure.measure == measure]):
            yield counts


def _kinds(incidents: Sequence[Incident]) -> list[tuple[str, EventGroup, int]]:
    found = Counter(incident.type for incident in incidents)
    return [(words.TYPES[kind], GROUP_OF[kind], number) for kind, number in found.most_common()]


def _days(incidents: Sequence[Incident], citing: Citing) -> Iterator[Day]:
    by_day: dict[date | None, list[Incident]] = {}
    for incident in incidents:
        day = incident.when.end or incident.when.start if incident.when else None
        by_day.setdefault(day, []).append(incident)
    for day in sorted(by_day, key=lambda day: day or date.max):
        ordered = sorted(by_day[day], key=lambda i: (-_dead(i), i.group, i.id))
        yield Day(day, tuple(_line(incident, citing) for incident in ordered))


def _dead(incident: Incident) -> int:
    return max((f.high or f.low or 0 for f in incident.figures if f.measure == "killed"), default=0)


def _line(incident: Incident, citing: Citing) -> Line:
    return Line(sentence(incident), citing.cite(account.report for account in incident.accounts), incident.id)


def sentence(incident: Incident) -> str:
    """'Air strike, Sheberghan: on Taliban; 200 or more fighters killed. Claimed only, by the defence ministry.'"""
    parts = [f"{words.TYPES[incident.type]}, {words.place(incident.place)}"]
    who = [f"by {_names(a.name for a in incident.by)}"] if incident.by else []
    who += [f"on {_names(a.name for a in incident.on)}"] if incident.on else []
    counts = [words.figure(figure) for figure in incident.figures[:3]]
    told = "; ".join(part for part in (" ".join(who), ", ".join(counts)) if part)
    head = f"{parts[0]}: {told}." if told else f"{parts[0]}."
    return " ".join(part for part in (head, _reserve(incident)) if part)


def _reserve(incident: Incident) -> str:
    """What keeps the sentence from being plain fact."""
    found = []
    if incident.status not in REAL:
        found.append(words.STATUSES[incident.status].capitalize())
    if incident.standing in ("claimed", "disputed", "retracted", "confirmed"):
        speakers = _names(source.speaker for account in incident.accounts for source in account.event.sources)
        by = f" by {speakers}" if speakers and incident.standing == "claimed" else ""
        found.append(f"{words.STANDINGS[incident.standing].capitalize()}{by}")
    return "".join(f"{part}. " for part in found).strip()


def _names(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    return ", ".join(known[:3]) + (f" and {len(known) - 3} more" if len(known) > 3 else "")


def _dispute(incident: Incident, citing: Citing) -> Line:
    sides = []
    for dispute in incident.disputes:
        told = [f"{words.dated(side.words)} ({_names(side.said_by) or 'an outlet in its own voice'})" for side in dispute.sides]
        sides.append(f"{words.FIELDS.get(dispute.field, dispute.field).lower()}: {' against '.join(told)}")
    start = f"{words.TYPES[incident.type]}, {words.place(incident.place)}, {words.time_of(incident.when)}"
    return Line(f"{start}. {'; '.join(sides)}.", citing.cite(a.report for a in incident.accounts), incident.id)


def _changes(
    holdings: Sequence[Holding], first: date, last: date, reports: Mapping[str, ReportHead], citing: Citing
) -> Iterator[Line]:
    for item in _begun(holdings, first, last):
        against = _names(account.outlet or "an outlet" for account in item.contradicted_by)
        holder = item.holder or "a side not named"
        held = f"held by {holder}" if item.state == "held" else f"{words.HOLDING_STATES[item.state]}, {holder} there"
        told = f"{words.place(item.place)}: {held} {words.since(item.since_earliest, item.since_latest)}."
        denied = f" Denied in {against}." if against else ""
        cited = [_head(testimony, reports) for testimony in (*item.accounts, *item.contradicted_by)]
        yield Line(told + denied, citing.cite(cited), item.incident_id)


def _head(testimony: Testimony, reports: Mapping[str, ReportHead]) -> ReportHead:
    """The report of a testimony; one that tells of no incident of these days is known by its outlet and day."""
    known = reports.get(testimony.report_id)
    if known is not None:
        return known
    return ReportHead(
        id=testimony.report_id, outlet=testimony.outlet, title=None, published=testimony.published, url=None, language=None
    )


def markdown(report: SitRep) -> str:
    """The same report for a mail or a wiki; citations are numbers into its list of sources."""
    parts = [f"# {report.title}", f"{words.plural(report.incidents, 'incident')} told as fact or claimed as such."]
    parts += [f"- {_with_cites(one)}" for one in report.sums]
    for title, lines in report.sections:
        parts += [f"\n## {title}", *(f"- {_with_cites(line)}" for line in lines)]
    parts.append("\n## Day by day")
    for day in report.days:
        parts += [f"\n### {day.words}", *(f"- {_with_cites(line)}" for line in day.lines)]
    parts.append("\n## Sources")
    parts += [f"{cited.number}. {source_words(cited)}" for cited in report.sources]
    return "\n".join(parts) + "\n"


def source_words(cited: Cited) -> str:
    report = cited.report
    return f"{report.outlet or 'Unnamed outlet'}, {words.day(report.published)}: {report.title or report.id}"


def _with_cites(line: Line | Sum) -> str:
    return line.words + "".join(f" [{number}]" for number in line.cites)
