"""Times that stand on the calendar: dates, months, years, quarters, seasons, holidays, and weekdays of the report's own week."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Found, Hit, Rule, part_named, token_at
from dateline.annotate.time_tense import lean
from dateline.annotate.time_values import Period
from dateline.annotate.time_words import FIRST_YEAR, LAST_YEAR, lexicon

SOON = 45  # days ahead that a day without a year may lie whatever the tense
TURN = 120  # days ahead that it may lie when no verb says past
PART = "(?:<the>?<part=early|mid|late|earlier|later><hyphen>?<of|in|on>?)?"
WEEKDAY = "(?:<this>?(?:<last|next>)?<wd=weekday|weekday_short><dot>?<comma>?<the>?)?"
SPOKEN = "<teen=teen><hyphen>?<tens=tens|teen>(?:<hyphen>?<ones=num>)?"
MONTH = "<mon=month|month_short|weak_month><dot>?"


def calendar_rules() -> tuple[Rule, ...]:
    lex = lexicon()
    return (
        Rule("iso", lex.pattern("<iso=iso>"), _iso),
        Rule("slash", lex.pattern("<slash=slash>"), _slash),
        Rule(
            "month day",
            lex.pattern(
                f"{PART}{WEEKDAY}{MONTH}<the>?<dom=dom|ord>(?:<hyphen|to><dom2=dom|ord>)?"
                "(?:<comma>?<apostrophe>?<year=year>|<of>?<rel=last|next|this><yearword>)?"
            ),
            _day,
        ),
        Rule(
            "day month",
            lex.pattern(
                f"{PART}{WEEKDAY}<the>?<dom=dom|ord>(?:<hyphen|to><dom2=dom|ord>)?<of>?{MONTH}"
                "(?:<comma>?<apostrophe>?<year=year|yy>|<of>?<rel=last|next|this><yearword>)?"
            ),
            _day,
        ),
        Rule("month year", lex.pattern(f"{PART}<the>?{MONTH}(?:<comma>|<of>)?<apostrophe>?(?:<year=year>|{SPOKEN})"), _month),
        Rule("month of year", lex.pattern(f"{PART}<mon=month><of>?<rel=last|next|this|that|same><yearword>"), _month),
        Rule("month", lex.pattern(f"{PART}<each=each>?<this>?(?:<the>?<rel=last|next|this|same>)?<mon=month>"), _month),
        Rule("weekday", lex.pattern(f"{PART}(?:<this>?<the>?<rel=last|next|this|each>)?<wd=weekday>(?:<plural=part_plural>)?"), _weekday),
        Rule("weekdays", lex.pattern("<wd=weekday_plural>"), _weekday),
        Rule("quarter", lex.pattern(f"{PART}(?:<rel=last|next|this><yearword><apostrophe_s>|<the>)?<fiscal>?<year=year>?"
            "<fiscal>?<hyphen>?<back=alike>?<ord=ord><hyphen>?<quarterword>(?:<of>?<year2=year>|<of>?<rel2=last|next|this><yearword>)?"), _quarter),
        Rule("half", lex.pattern("<the>?<ord=ord|last|next><half><of>(?:<year=year>|<rel=last|next|this>?<the>?<yearword>|<decade=decade>)"), _half),
        Rule("season", lex.pattern(f"{PART}<the>?<this>?<rel=last|next|this|same|each>?<season=season>(?:<of>?<apostrophe>?(?:<year=year>|{SPOKEN}))?"), _season),
        Rule("holiday", lex.pattern(f"{PART}<this>?<rel=last|next|this|each>?<name=holiday>(?:<comma|of|in>?<year=year>)?"), _holiday),
        Rule("century", lex.pattern(f"{PART}<the>?<ord=ord><hyphen>?<centuryword>"), _century),
        Rule("decade", lex.pattern(f"{PART}<the>?<apostrophe>?<decade=decade>"), _decade),
        Rule("decade word", lex.pattern(f"{PART}<the><word=decade_word>"), _decade_word),
        Rule("spoken year", lex.pattern(f"{PART}<the>?<yearword>?{SPOKEN}"), _spoken_year),
        Rule("year", lex.pattern(f"{PART}(?:<the><yearword>)?<fiscal=fiscal>?<yearword>?<year=year>(?:<hyphen><year2=yy|year>)?"), _year),
    )  # fmt: skip


def _iso(hit: Hit) -> Found | None:
    try:
        return hit.dated(cal.day(date.fromisoformat(hit.word("iso"))), "absolute")
    except ValueError:
        return None


def _slash(hit: Hit) -> Found | None:
    """Month first, unless it cannot be one."""
    first, second, year = (int(part) for part in hit.word("slash").split("/"))
    month, day = (first, second) if first <= 12 else (second, first)
    return _calendar_day(hit, _full_year(year), month, day, "absolute")


def _full_year(year: int) -> int:
    """Two digits: within this century up to 2040, else the last one."""
    if year >= 100:
        return year
    return 2000 + year if year <= 40 else 1900 + year


def _calendar_day(hit: Hit, year: int, month: int, day: int, anchor: str) -> Found | None:
    try:
        period = cal.day(date(year, month, day))
    except ValueError:
        return None
    return hit.dated(period, "absolute" if anchor == "absolute" else "published")


def _month_number(hit: Hit) -> int:
    numbers = hit.context.words.numbers
    word = hit.many("mon")[0]
    return numbers["months"].get(word) or numbers["month_short"][word]


def _ordinal(word: str) -> int:
    if word[0].isdigit():
        return int("".join(c for c in word if c.isdigit()))
    return lexicon().words.numbers["ordinals"].get(word, 0)


def _day(hit: Hit) -> Found | None:
    """ "Oct. 13", "13 October 1989", "the 13th of October", "July 4-6"."""
    month, first = _month_number(hit), _ordinal(hit.word("dom"))
    if _counts_something(hit):
        return None
    year, anchor = _year_beside(hit, lambda y: date(y, month, min(first, 28)))
    if year is None:
        return hit.found("DATE", f"XXXX-{month:02}-{first:02}")
    found = _calendar_day(hit, year, month, first, anchor)
    if found and hit.has("dom2"):
        try:
            end = date(year, month, _ordinal(hit.word("dom2")))
        except ValueError:
            return None
        if found.days and end > found.days[0]:
            return hit.dated(cal.span(found.days[0], end, found.value), found.anchor)
        return None
    return found


def _counts_something(hit: Hit) -> bool:
    """ "In May 15 people died": the number counts people, it is no day. "5 May" without a capital is none either."""
    if hit.has("year") or hit.word("dom")[-1].isalpha():
        return False
    token = token_at(hit.context, hit.at("dom"))
    if token is None:
        return False
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i
    return counted and hit.at("dom") > hit.at("mon")


def _year_beside(hit: Hit, when: object) -> tuple[int | None, str]:
    """The year that the words give, else the one that the report's day and the tense make likely."""
    now = hit.context.now
    if hit.has("year"):
        return _full_year(int(hit.word("year"))), "absolute"
    if now is None:
        return None, "none"
    if "rel" in hit.match.re.groupindex and hit.has("rel"):
        return now.year + _step(hit.word("rel")), "published"
    assert callable(when)
    return _likely_year(hit, now, when(now.year)), "published"


def _likely_year(hit: Hit, now: date, this_year: date) -> int:
    """A day without year: this year's if it is over or near, else by the tense. A past one months ahead was a year ago."""
    ahead = (this_year - now).days
    if ahead == 0:
        return now.year
    way = lean(hit)
    if ahead < 0:
        return now.year + (ahead < -TURN and way == "future") + (ahead < -365 + SOON and way != "past")
    return now.year - (ahead > (SOON if way == "past" else TURN) and way != "future")


def _step(word: str) -> int:
    classes = lexicon().words.classes[word.split()[-1]]
    return -1 if "last" in classes else 1 if "next" in classes else 0


def _month(hit: Hit) -> Found | None:
    number, part, now = _month_number(hit), part_named(hit), hit.context.now
    groups = hit.match.re.groupindex
    if hit.has("year"):
        return hit.dated(cal.month(_full_year(int(hit.word("year"))), number), "absolute", part)
    if "teen" in groups:
        spoken = _spoken(hit)
        return hit.dated(cal.month(spoken, number), "absolute", part) if spoken else None
    if "each" in groups and hit.has("each"):
        return hit.found("SET", f"XXXX-{number:02}")
    if not _is_month_name(hit):
        return None
    if now is None:
        return hit.found("DATE", f"XXXX-{number:02}")
    if "each" not in groups:  # of this, last, that year
        year = _told_year(hit) if hit.word("rel") in {"that", "same"} else now.year + _step(hit.word("rel"))
        return hit.dated(cal.month(year, number), "published", part)
    year = now.year - (number > now.month)
    step = _step(hit.word("rel")) if hit.has("rel") else 0
    way = lean(hit) if not hit.has("rel") else None
    soon = not hit.has("rel") and way is None and 0 < (number - now.month) % 12 <= 2
    if step > 0 or way == "future" or soon:
        year = now.year + (number < now.month or (step > 0 and number == now.month))
    elif step < 0 and number == now.month:
        year -= 1
    elif hit.word("rel") == "this":
        year = now.year
    return hit.dated(cal.month(year, number), "published", part)


def _is_month_name(hit: Hit) -> bool:
    """May, March and August with a capital may still be a verb, a name's part or a march."""
    token = token_at(hit.context, hit.at("mon"))
    if token is None:
        return False
    if token.lower_ in {"may", "march"}:
        return token.tag_ not in {"MD", "VB", "VBP", "VBD"} and not (
            token.lower_ == "march" and token.tag_ == "NN" and token.is_sent_start
        )
    if token.lower_ in {"april", "june", "august"}:  # names of people too
        return not (token.ent_type_ == "PERSON")
    return True


def _told_year(hit: Hit) -> int:
    now = hit.context.now
    for found in reversed(hit.context.told):
        if found.days and found.grain in {"day", "month", "year", "season", "quarter"}:
            return found.days[0].year
    return now.year if now else 1


def _weekday(hit: Hit) -> Found | None:
    numbers = hit.context.words.numbers
    number = numbers["weekdays"].get(hit.word("wd")) or numbers["weekday_plurals"][hit.word("wd")]
    rel, now = hit.word("rel"), hit.context.now
    if rel in {"each", "every"} or hit.word("wd").endswith("s") or hit.has("plural"):
        suffix = hit.context.words.letter("part_plurals", hit.word("plural")) if hit.has("plural") else ""
        return hit.found("SET", f"XXXX-WXX-{number}{suffix}")
    if now is None:
        return hit.found("DATE", f"XXXX-WXX-{number}")
    back = (now.isoweekday() - number) % 7
    step = _step(rel) if rel else 0
    if step < 0:
        when = now - timedelta(days=back or 7)
    elif step > 0:
        when = now + timedelta(days=(-back) % 7 or 7)
    elif back and (rel == "this" or lean(hit) == "future"):
        when = now + timedelta(days=7 - back)
    else:
        when = now - timedelta(days=back)
    return hit.dated(cal.day(when), "published", part_named(hit))


def _quarter(hit: Hit) -> Found | None:
    number = _ordinal(hit.word("ord"))
    if not 1 <= number <= 4:
        return None
    now, told = hit.context.now, _told_year(hit)
    written = hit.word("year") or hit.word("year2")
    if written:
        return hit.dated(cal.quarter(int(written), number), "absolute", part_named(hit))
    if now is None:
        return hit.found("DATE", f"XXXX-Q{number}")
    rel = hit.word("rel") or hit.word("rel2")
    if rel:
        return hit.dated(cal.quarter(now.year + _step(rel), number), "published", part_named(hit))
    current = (now.month + 2) // 3
    ahead = number > current or (number == current and False)
    way = lean(hit) if number != current else "past"
    year = now.year
    if ahead and way != "future":
        year -= 1 if number - current > 1 else 0
    elif not ahead and number < current and way == "future":
        year += 1 if current - number > 1 else 0
    return hit.dated(cal.quarter(year, number), "published", part_named(hit))


def _half(hit: Hit) -> Found | None:
    word = hit.word("ord")
    number = {"first": 1, "second": 2, "last": 2, "latter": 2}.get(word)
    if number is None:
        return None
    now = hit.context.now
    if hit.has("decade"):
        return hit.dated(_decade_of(hit.word("decade")), "absolute", "early" if number == 1 else "late")
    if hit.has("year"):
        return hit.dated(cal.half(int(hit.word("year")), number), "absolute")
    if now is None:
        return hit.found("DATE", f"XXXX-H{number}")
    return hit.dated(cal.half(now.year + (_step(hit.word("rel")) if hit.has("rel") else 0), number), "published")


def _season(hit: Hit) -> Found | None:
    season = hit.context.words.seasons[hit.word("season")]
    now, rel = hit.context.now, hit.word("rel")
    if rel in {"each", "every"}:
        return hit.found("SET", f"XXXX-{season.letters}")
    written = int(hit.word("year")) if hit.has("year") else _spoken(hit) if hit.has("teen") else None
    if written:
        period = cal.season(written, season.letters, season.first_month, season.last_month)
        return hit.dated(period, "absolute", part_named(hit))
    if (
        not rel
        and not hit.has("part")
        and hit.context.scan.words[hit.at("season") - 1] not in hit.context.words.cues["season_after"]
    ):
        return None
    token = token_at(hit.context, hit.at("season"))
    named = rel or hit.context.scan.words[hit.first] == "this"
    if not named and (token is None or token.pos_ in {"VERB", "AUX", "PROPN"} or _attributive(hit)):
        return None
    if now is None:
        return hit.found("DATE", f"XXXX-{season.letters}")
    this = cal.season(now.year, season.letters, season.first_month, season.last_month)
    year = now.year - (this.start > now)
    step = _step(rel) if rel else 0
    if step > 0 or (not step and this.start > now and (rel == "this" or lean(hit) == "future")):
        year = now.year if this.start > now else now.year + 1
    elif step < 0 and hit.word("season") and this.start <= now <= this.end and not hit.context.scan.words[hit.first] == "this":
        year = now.year - 1
    period = cal.season(year, season.letters, season.first_month, season.last_month)
    return hit.dated(period, "published", part_named(hit))


def _attributive(hit: Hit) -> bool:
    """ "The spring offensive", "a fall in prices": the word only names what follows, or means another thing."""
    if hit.word("season") == "fall":
        return hit.after() in {"of", "in"} or (not hit.word("rel") and hit.before() not in {"in", "since"})
    return hit.word("season") == "spring" and hit.before() in {"arab", "prague"}


def _holiday(hit: Hit) -> Found | None:
    holiday = hit.context.words.holidays[_spelled(hit, "name")]
    now, rel = hit.context.now, hit.word("rel")
    if rel in {"each", "every"}:
        return hit.found("SET", "XXXX")
    if hit.has("year"):
        days = list(holiday.days_in(int(hit.word("year"))))
        anchor = "absolute"
    elif now is None:
        return None
    else:
        days = [d for y in (now.year - 1, now.year, now.year + 1) for d in holiday.days_in(y)]
        past = [d for d in days if d[0] <= now]
        ahead = [d for d in days if d[0] > now]
        step = _step(rel) if rel else 0
        days = ahead[:1] if step > 0 or (not step and lean(hit) == "future") else past[-1:]
        anchor = "published"
    if len(days) != 1:
        return None
    start, end = days[0]
    period = cal.day(start) if start == end else cal.span(start, end, start.isoformat())
    return hit.dated(period, "absolute" if anchor == "absolute" else "published", part_named(hit))


def _spelled(hit: Hit, name: str) -> str:
    """The phrase as the codebook writes it: letter for letter from the text, in lower case."""
    start, end = hit.match.span(name)
    scan = hit.context.scan
    return " ".join(scan.text[scan.starts[start] : scan.ends[end - 1]].lower().split())


def _century(hit: Hit) -> Found | None:
    ordinal = _ordinal(hit.word("ord"))
    return hit.dated(cal.century(ordinal), "absolute", part_named(hit)) if 10 <= ordinal <= 30 else None


def _decade_of(word: str) -> Period:
    digits = int(word.rstrip("s"))
    return cal.decade(digits if digits >= 100 else 1900 + digits if digits >= 30 else 2000 + digits)


def _decade(hit: Hit) -> Found | None:
    """ "The 1990s", "the '80s", not "in his 20s"."""
    word = hit.word("decade")
    written = hit.has("part") or hit.match.end("decade") - hit.first > 1 or len(word) == 5
    if not written or int(word.rstrip("s")) % 10 or hit.before() in {"his", "her", "their", "my", "your"}:
        return None
    return hit.dated(_decade_of(word), "absolute", part_named(hit))


def _decade_word(hit: Hit) -> Found | None:
    tens = hit.context.words.numbers["decade_words"][hit.word("word")]
    return hit.dated(cal.decade(1900 + 10 * tens), "absolute", part_named(hit))


def _spoken_year(hit: Hit) -> Found | None:
    """ "Nineteen ninety-seven"."""
    year = _spoken(hit)
    return hit.dated(cal.year(year), "absolute", part_named(hit)) if year else None


def _spoken(hit: Hit) -> int | None:
    numbers = hit.context.words.numbers["numbers"]
    hundreds, tens = numbers[hit.word("teen")], numbers[hit.word("tens")]
    ones = numbers.get(hit.word("ones"), 0) if hit.has("ones") else 0
    if hundreds not in {18, 19, 20} or ones > 9 or (ones and tens < 20):
        return None
    return hundreds * 100 + tens + ones


def _year(hit: Hit) -> Found | None:
    number = int(hit.word("year"))
    if not FIRST_YEAR <= number <= LAST_YEAR or not _is_year(hit, number):
        return None
    period = cal.year(number)
    if hit.has("year2"):
        last = int(hit.word("year2"))
        last = last if last > 99 else number - number % 100 + last
        if not number < last <= number + 30:
            return None
        period = cal.span(period.start, cal.year(last).end, period.value)
    return hit.dated(period, "absolute", part_named(hit))


def _is_year(hit: Hit, number: int) -> bool:
    """A bare number of four digits is a year after certain words, or where nothing is counted by it."""
    if _in_code(hit) or _in_list(hit):
        return False
    if hit.has("part") or hit.has("fiscal") or hit.last - hit.first > 1:
        return True
    if hit.before() in {"$", "£", "€", "#", "no", "number"} or hit.after() in {
        "%",
        "percent",
        "per",
        "meters",
        "metres",
        "kilometers",
        "miles",
    }:
        return False
    token = token_at(hit.context, hit.at("year"))
    if token is None or token.text != hit.word("year"):
        return False
    counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i
    if counted and number % 50 == 0:
        return False
    return not counted or hit.before() in {"'s", "’s"} or hit.before() in hit.context.words.cues["before_year"]


def _in_code(hit: Hit) -> bool:
    """Part of a reference number ("2011-01-S-169")."""
    scan = hit.context.scan
    start, end = scan.starts[hit.first], scan.ends[hit.last - 1]
    return scan.text[end : end + 1] == "-" and scan.text[end + 1 : end + 2].isalnum() or scan.text[max(0, start - 1) : start] == "-"


def _in_list(hit: Hit) -> bool:
    """One of a row of numbers."""
    beside = [word for word in (hit.before(), hit.before(2), hit.after(), hit.after(2)) if word != ","]
    return sum(word.isdecimal() for word in beside) > 1 or (hit.before().isdecimal() and hit.after() == ",")
