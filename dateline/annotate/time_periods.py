"""Years and what is longer: decades, centuries; and what a year holds: seasons and holidays."""

from __future__ import annotations

import re
from datetime import date

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Found, Hit, Rule, part_named, step_of, token_at
from dateline.annotate.time_dates import PART, SPOKEN
from dateline.annotate.time_numbers import full_year, number_of, ordinal, spoken_year
from dateline.annotate.time_tense import lean
from dateline.annotate.time_values import Period
from dateline.annotate.time_words import FIRST_YEAR, LAST_YEAR, lexicon

AHEAD = 20  # years beyond the report's own that a bare number may still mean
LONGEST_SPAN = 30  # years that "1989-92" may cover
CODE = re.compile(r"-(?:\d|[A-Z]{1,3}-)")
OWNERS = frozenset({"his", "her", "their", "my", "your"})
MONEY = frozenset({"$", "£", "€", "#", "no", "number"})
MEASURES = frozenset(
    {"%", "percent", "per", "meters", "metres", "kilometers", "kilometres", "miles", "people", "troops", "soldiers"}
)


def period_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    return (
        Rule(
            "season",
            pattern(f"""{PART} <the>? <this=this>? <rel=last|next|same|each>? <season=season>
                (?: <of>? <apostrophe>? (?: <year=year> | {SPOKEN} ) )?"""),
            _season,
        ),
        Rule(
            "holiday",
            pattern(f"{PART} (?: <this>? <rel=last|next|this|each> )? <name=holiday> (?: <comma|of|in>? <year=year> )?"),
            _holiday,
        ),
        Rule("century", pattern(f"{PART} <the>? <ord=ord> <hyphen>? <centuryword>"), _century),
        Rule("decade", pattern(f"{PART} <the>? <apostrophe>? <decade=decade>"), _decade),
        Rule("decade in words", pattern(f"{PART} <the> <word=decade_word>"), _decade_in_words),
        Rule("year in words", pattern(f"{PART} <the>? <yearword>? {SPOKEN}"), _year_in_words),
        Rule("year two thousand", pattern("<the> <yearword> (?P<number><num> (?: <hyphen>? <num> )+ )"), _year_two_thousand),
        Rule(
            "year",
            pattern(f"{PART} (?: <the> <yearword> )? <fiscal=fiscal>? <yearword>? <year=year> (?: <hyphen> <year2=yy|year> )?"),
            _year,
        ),
    )


def written_year(hit: Hit) -> int | None:
    word = hit.word("year") or hit.word("year2")
    if word:
        return full_year(int(word))
    return spoken_year(hit.many("teen") + hit.many("tens") + hit.many("ones")) if hit.has("teen") else None


def _season(hit: Hit) -> Found | None:
    season, now, rel = hit.context.words.seasons[hit.word("season")], hit.context.now, hit.word("rel")
    if rel in {"each", "every"}:
        return hit.found("SET", f"XXXX-{season.letters}")

    def of(year: int) -> Period:
        return cal.season(year, season.letters, season.first_month, season.last_month)

    if written := written_year(hit):
        return hit.dated(of(written), "absolute", part_named(hit))
    if not _names_season(hit):
        return None
    if now is None:
        return hit.found("DATE", f"XXXX-{season.letters}")
    step = step_of(rel) if rel else 0
    coming = of(now.year).start > now
    year = now.year - coming
    if step > 0 or (not step and coming and (hit.has("this") or lean(hit) == "future")):
        year = now.year + (not coming)
    elif step < 0 and not hit.has("this") and of(year).start <= now <= of(year).end:
        year -= 1
    return hit.dated(of(year), "published", part_named(hit))


def _names_season(hit: Hit) -> bool:
    """Not the verbs "fall" and "spring", "a fall in prices", or the Arab Spring."""
    scan = hit.context.scan
    if hit.has("rel") or hit.has("this"):
        return True
    if not hit.has("part") and scan.before(hit.at("season")) not in hit.context.words.cues["season_after"]:
        return False
    token = token_at(hit.context, hit.at("season"))
    if token is None or token.pos_ in {"VERB", "AUX", "PROPN"}:
        return False
    if hit.word("season") == "fall":
        return hit.after() not in {"of", "in"} and hit.before() in {"in", "since", "by", "until"}
    return not (hit.word("season") == "spring" and hit.before() in {"arab", "prague"})


def _holiday(hit: Hit) -> Found | None:
    holiday = hit.context.words.holidays[_spelled(hit, "name")]
    now, rel = hit.context.now, hit.word("rel")
    if rel in {"each", "every"}:
        return hit.found("SET", "XXXX")
    if hit.has("year"):
        days = list(holiday.days_in(int(hit.word("year"))))
    elif now is None:
        return None
    else:
        around = sorted(days for year in (now.year - 1, now.year, now.year + 1) for days in holiday.days_in(year))
        step = step_of(rel) if rel else 0
        ahead = step > 0 or (not step and lean(hit) == "future")
        days = [d for d in around if d[0] > now][:1] if ahead else [d for d in around if d[0] <= now][-1:]
    if len(days) != 1:
        return None
    start, end = days[0]
    period = cal.day(start) if start == end else cal.span(start, end, start.isoformat())
    return hit.dated(period, "absolute" if hit.has("year") else "published", part_named(hit))


def _spelled(hit: Hit, name: str) -> str:
    """The phrase as the codebook writes it: letter for letter from the text, in lower case."""
    start, end = hit.match.span(name)
    scan = hit.context.scan
    return " ".join(scan.text[scan.starts[start] : scan.ends[end - 1]].lower().split())


def _century(hit: Hit) -> Found | None:
    number = ordinal(hit.word("ord"))
    return hit.dated(cal.century(number), "absolute", part_named(hit)) if 10 <= number <= 30 else None


def decade_of(word: str) -> Period:
    digits = int(word.rstrip("s"))
    return cal.decade(digits if digits >= 100 else 1900 + digits if digits >= 30 else 2000 + digits)


def _decade(hit: Hit) -> Found | None:
    """Such as "the 1990s", "the '80s", not "in his 20s"."""
    word = hit.word("decade")
    led = hit.has("part") or hit.at("decade") > hit.first or len(word) == 5
    if not led or int(word.rstrip("s")) % 10 or hit.before() in OWNERS:
        return None
    return hit.dated(decade_of(word), "absolute", part_named(hit))


def _decade_in_words(hit: Hit) -> Found | None:
    tens = hit.context.words.numbers["decade_words"][hit.word("word")]
    return hit.dated(cal.decade(1900 + 10 * tens), "absolute", part_named(hit))


def _year_in_words(hit: Hit) -> Found | None:
    year = written_year(hit)
    return hit.dated(cal.year(year), "absolute", part_named(hit)) if year else None


def _year_two_thousand(hit: Hit) -> Found | None:
    number = number_of(hit.many("number")) or 0
    return hit.dated(cal.year(int(number)), "absolute") if FIRST_YEAR <= number <= LAST_YEAR else None


def _year(hit: Hit) -> Found | None:
    """Such as "1990", "fiscal 1989", "1989-92"."""
    number = int(hit.word("year"))
    if not FIRST_YEAR <= number <= LAST_YEAR or not _is_year(hit, number):
        return None
    period = cal.year(number)
    if hit.has("year2"):
        last = int(hit.word("year2"))
        last = last if last > 99 else number - number % 100 + last
        if not number < last <= number + LONGEST_SPAN:
            return None
        period = cal.span(period.start, date(last, 12, 31), period.value)
    return hit.dated(period, "absolute", part_named(hit))


def _is_year(hit: Hit, number: int) -> bool:
    """A number of four digits is a year unless it is part of a code, one of a row, or counts something."""
    if _in_code(hit) or _in_row(hit):
        return False
    if hit.has("part") or hit.has("fiscal") or hit.last - hit.first > 1:
        return True
    now = hit.context.now
    if (
        hit.before() in MONEY
        or (now and number > now.year + AHEAD and hit.before() not in hit.context.words.cues["before_year"])
        or hit.after() in MEASURES
    ):
        return False
    token = token_at(hit.context, hit.at("year"))
    if token is None or token.text != hit.word("year"):
        return False
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i
    if not counted:
        return True
    return number % 50 != 0 and hit.before() in hit.context.words.cues["before_year"]


def _in_code(hit: Hit) -> bool:
    """Part of a reference number such as "2014-06-B-301"."""
    scan = hit.context.scan
    start, end = scan.starts[hit.first], scan.ends[hit.last - 1]
    return CODE.match(scan.text, end) is not None or scan.text[max(0, start - 1) : start] == "-"


def _in_row(hit: Hit) -> bool:
    """One of a row of numbers."""
    beside = [word for word in (hit.before(), hit.before(2), hit.after(), hit.after(2)) if word != ","]
    return sum(word.isdecimal() for word in beside) > 1 or (hit.before().isdecimal() and hit.after() == ",")
