"""What the accounts of one incident agree on, and by which rule; what they do not agree on stays as sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dateline.link.grades import is_denial
from dateline.link.telling import Telling
from dateline.link.trace import fold
from dateline.model.actor import Actor
from dateline.model.event import EventType, Figure, Status
from dateline.model.incident import Agreed, Dispute, Extent, FigureStep, IncidentFigure, Side
from dateline.model.place import Place

PRECISION_RANK = {"point": 0, "town": 1, "district": 2, "sea": 3, "province": 4, "region": 5, "country": 6, "unknown": 7}
WHEN_RANK = {"day": 0, "range": 1, "week": 2, "month": 3, "season": 4, "year": 5, "longer": 6}
STATUS_RANK: dict[Status, int] = {"happened": 0, "ongoing": 1, "attempted": 2, "denied": 3, "planned": 4, "hypothetical": 5}
# Words for people in general: a count of them is the count of all.
ANYBODY = frozenset({"", "people", "person", "persons", "others", "victims", "lives"})


def _witnesses(tellings: Iterable[Telling]) -> int:
    return len({telling.witness for telling in tellings})


def _ids(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(telling.id for telling in tellings)


def _sides(tellings: Sequence[Telling], words_of: Callable[[Telling], str | None]) -> dict[str, list[Telling]]:
    """Tellings by what they say, the best witnessed first, then in the order told."""
    sides: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        words = words_of(telling)
        if words is not None:
            sides[words].append(telling)
    return dict(sorted(sides.items(), key=lambda item: (-_witnesses(item[1]), tellings.index(item[1][0]))))


def speakers_of(telling: Telling) -> tuple[str, ...]:
    """Who says it: the named sources, else the outlet itself."""
    named = tuple(dict.fromkeys(source.speaker for source in telling.event.sources))
    return named or (telling.report.outlet or "the report",)


def _side(words: str, tellings: Sequence[Telling]) -> Side:
    said_by = tuple(dict.fromkeys(name for telling in tellings for name in speakers_of(telling)))
    return Side(words=words, said_by=said_by, accounts=_ids(tellings))


def agree_type(tellings: Sequence[Telling]) -> tuple[EventType, Agreed]:
    sides = _sides(tellings, lambda t: t.event.type)
    words, told = next(iter(sides.items()))
    rule = f"told so by {_witnesses(told)} of {_witnesses(tellings)} witnesses"
    return told[0].event.type, Agreed(field="type", words=words, rule=rule, accounts=_ids(told))


def agree_status(tellings: Sequence[Telling]) -> tuple[Status, Agreed]:
    """What is told as fact outranks what is planned or feared; a denial alone makes it denied."""
    best = min((t.event.status for t in tellings), key=STATUS_RANK.__getitem__)
    told = [t for t in tellings if t.event.status == best]
    rule = "the firmest status that any account gives; denials are shown as a dispute"
    return best, Agreed(field="status", words=best, rule=rule, accounts=_ids(told))


def dispute_status(tellings: Sequence[Telling]) -> Dispute | None:
    """An account, or a speaker inside one, says that it did not happen."""
    denying = [t for t in tellings if is_denial(t)]
    inside = [(t, s) for t in tellings if not is_denial(t) for s in t.event.sources if s.stance in ("denies", "doubts")]
    telling = [t for t in tellings if not is_denial(t)]
    if not (denying or inside) or not telling:
        return None
    no = _side("it did not happen", denying)
    speakers = tuple(dict.fromkeys((*no.said_by, *(source.speaker for _t, source in inside))))
    accounts = tuple(dict.fromkeys((*no.accounts, *(t.id for t, _s in inside))))
    against = Side(words="it did not happen, or is doubted", said_by=speakers, accounts=accounts)
    return Dispute(field="status", sides=(_side("it happened", telling), against))


def agree_place(tellings: Sequence[Telling]) -> tuple[Place | None, Agreed | None]:
    placed = [t for t in tellings if t.place is not None]
    if not placed:
        return None, None
    finest = min(PRECISION_RANK[t.place.precision] for t in placed if t.place)
    sides = _sides(
        [t for t in placed if t.place and PRECISION_RANK[t.place.precision] == finest],
        lambda t: (t.place.gazetteer_id or t.place.name) if t.place else None,
    )
    told = next(iter(sides.values()))
    place = told[0].place
    assert place is not None
    rule = f"the most precise place named, by {_witnesses(told)} of {_witnesses(placed)} witnesses that name one"
    return place, Agreed(field="place", words=place.name, rule=rule, accounts=_ids(told))


def agree_when(tellings: Sequence[Telling]) -> tuple[Extent | None, Agreed | None]:
    """The days that all dated accounts share; when none are shared, the days that most witnesses give."""
    dated = [(t, t.days) for t in tellings if t.days]
    if not dated:
        return _half_open(tellings)
    start, end = max(days[0] for _t, days in dated), min(days[1] for _t, days in dated)
    if start <= end:
        whens = [t.event.when for t, _days in dated if t.event.when]
        precision = min((when.precision for when in whens), key=WHEN_RANK.__getitem__)
        rule = f"the days that all {len(dated)} dated accounts share"
        agreed = Agreed(field="when", words=_days_words(start, end), rule=rule, accounts=_ids(t for t, _ in dated))
        return Extent(start=start, end=end, precision=precision), agreed
    sides = _sides([t for t, _days in dated], lambda t: _days_words(*t.days) if t.days else None)
    words, told = next(iter(sides.items()))
    days, when = told[0].days, told[0].event.when
    assert days is not None and when is not None
    rule = f"accounts give different days; these by {_witnesses(told)} of {_witnesses(t for t, _ in dated)} witnesses"
    agreed = Agreed(field="when", words=words, rule=rule, accounts=_ids(told))
    return Extent(start=days[0], end=days[1], precision=when.precision, disputed=True), agreed


def _half_open(tellings: Sequence[Telling]) -> tuple[Extent | None, Agreed | None]:
    """Only vague times: the first one told stands as it is."""
    for telling in tellings:
        when = telling.event.when
        if when is not None:
            agreed = Agreed(field="when", words=when.span.text, rule="the only time told", accounts=(telling.id,))
            return Extent(start=when.start, end=when.end, precision=when.precision), agreed
    return None, None


def _days_words(start: date, end: date) -> str:
    return str(start) if start == end else f"{start} to {end}"


def dispute_when(tellings: Sequence[Telling], when: Extent | None) -> Dispute | None:
    if when is None or not when.disputed:
        return None
    sides = _sides(tellings, lambda t: _days_words(*t.days) if t.days else None)
    return Dispute(field="when", sides=tuple(_side(words, told) for words, told in sides.items()))


def agree_actors(tellings: Sequence[Telling], role: str) -> tuple[tuple[Actor, ...], Agreed | None]:
    """Every actor named in the role, known ones once, the best witnessed first."""
    named: dict[str, list[tuple[Telling, Actor]]] = defaultdict(list)
    for telling in tellings:
        for actor in telling.event.by if role == "by" else telling.event.on:
            named[actor.id or fold(actor.name)].append((telling, actor))
    if not named:
        return (), None
    ranked = sorted(named.values(), key=lambda told: (-_witnesses(t for t, _a in told), tellings.index(told[0][0])))
    actors = tuple(told[0][1] for told in ranked)
    accounts = tuple(dict.fromkeys(t.id for told in ranked for t, _a in told))
    rule = "every actor that an account names, the best witnessed first"
    return actors, Agreed(field=role, words=", ".join(actor.name for actor in actors), rule=rule, accounts=accounts)


def dispute_by(tellings: Sequence[Telling]) -> Dispute | None:
    """Known actors of different camps named as the doer, by accounts that share none."""
    sides = _sides(
        [t for t in tellings if t.by and not is_denial(t) and t.event.type != "clash"],
        lambda t: ", ".join(sorted({actor.name for actor in t.event.by if actor.id})) or None,
    )
    if len(sides) < 2:
        return None
    keys = [frozenset(a.id for t in told for a in t.event.by if a.id) for told in sides.values()]
    if any(left & right for i, left in enumerate(keys) for right in keys[i + 1 :]):
        return None
    return Dispute(field="by", sides=tuple(_side(words, told) for words, told in sides.items()))


def whom_of(figure: Figure) -> str | None:
    words = fold(figure.whom or "")
    return None if words in ANYBODY else words


def agree_figures(tellings: Sequence[Telling]) -> tuple[tuple[IncidentFigure, ...], tuple[Dispute, ...]]:
    """Each count over all accounts that are no copies: the range they span, and how it grew from telling to telling."""
    found: dict[tuple[str, str], list[tuple[Telling, Figure]]] = defaultdict(list)
    told: set[tuple[object, ...]] = set()
    for telling in tellings:
        if is_denial(telling):
            continue
        for figure in telling.event.figures:
            # A copy's count is no second one; a count that an updated copy changed is.
            same = (telling.witness, figure.measure, whom_of(figure), figure.low, figure.high)
            if telling.copy_of is None or same not in told:
                found[figure.measure, whom_of(figure) or ""].append((telling, figure))
            told.add(same)
    figures: list[IncidentFigure] = []
    disputes: list[Dispute] = []
    for (_measure, whom), counts in sorted(found.items()):
        counted = _figure(whom or None, counts)
        figures.append(counted)
        if counted.disputed:
            disputes.append(_figure_dispute(counted, counts))
    return tuple(figures), tuple(disputes)


def _figure(whom: str | None, told: Sequence[tuple[Telling, Figure]]) -> IncidentFigure:
    steps = tuple(
        FigureStep(told=t.report.published, low=f.low, high=f.high, account=t.id)
        for t, f in sorted(told, key=lambda pair: pair[0].sort_key)
    )
    lows = [f.low for _t, f in told if f.low is not None]
    highs = [f.high for _t, f in told]
    bounded = [high for high in highs if high is not None]
    return IncidentFigure(
        measure=told[0][1].measure,
        whom=whom,
        low=min(lows) if lows else None,
        high=max(bounded) if len(bounded) == len(highs) else None,
        course=steps,
        disputed=_is_rival(told),
    )


def _is_rival(told: Sequence[tuple[Telling, Figure]]) -> bool:
    """Two ranges that exclude each other, told on one day or by different speakers; a toll that grows is no dispute."""
    for i, (a, left) in enumerate(told):
        for b, right in told[i + 1 :]:
            if _overlap(left, right):
                continue
            same_day = a.report.published == b.report.published
            grew = _grew(a, left, b, right)
            if same_day or not grew:
                return True
    return False


def _grew(a: Telling, left: Figure, b: Telling, right: Figure) -> bool:
    early, late = (left, right) if a.sort_key <= b.sort_key else (right, left)
    return (late.low or 0) >= (early.high if early.high is not None else early.low or 0)


def _overlap(left: Figure, right: Figure) -> bool:
    low_left, low_right = left.low or 0, right.low or 0
    return (right.high is None or low_left <= right.high) and (left.high is None or low_right <= left.high)


def _figure_dispute(figure: IncidentFigure, told: Sequence[tuple[Telling, Figure]]) -> Dispute:
    sides: dict[str, list[tuple[Telling, Figure]]] = defaultdict(list)
    for telling, count in told:
        sides[count.span.text].append((telling, count))
    return Dispute(
        field=figure.measure if figure.whom is None else f"{figure.measure} ({figure.whom})",
        sides=tuple(
            Side(
                words=words,
                said_by=tuple(dict.fromkeys(name for t, f in side for name in _counters(t, f))),
                accounts=tuple(t.id for t, _f in side),
            )
            for words, side in sides.items()
        ),
    )


def _counters(telling: Telling, figure: Figure) -> tuple[str, ...]:
    return tuple(source.speaker for source in figure.sources) or speakers_of(telling)
