"""The whole pipeline keeps the rules of the record, on the example dispatches and on any text at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import Resources, code_report

PIECES = st.sampled_from(
    (
        "Rebels attacked Kunduz on Monday killing at least 12 soldiers ,|.|“|” he said the army denied \n \n\n 20 km west of "
        "Herat no one was hurt bombs fell The town between 5 and 7 since Saturday | … é 的 🙂 will may not captured by "
        "Taliban fighters in northern Syria"
    ).split(" ")
)


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


def assert_cited(record: Record, report: Report) -> None:
    for span in spans(record.model_dump()):
        assert span["text"], "a span without words"
        assert report.text[span["start"] : span["end"]] == span["text"]


def test_every_span_is_in_its_report_letter_for_letter(
    example_reports: tuple[Report, ...], example_records: tuple[Record, ...]
) -> None:
    for report, record in zip(example_reports, example_records, strict=True):
        assert_cited(record, report)


def test_the_examples_tell_events_with_their_slots(example_records: tuple[Record, ...]) -> None:
    events = [event for record in example_records for event in record.events]
    assert len(events) > len(example_records)
    for has in ("by", "on", "place", "when", "figures", "sources"):
        assert any(getattr(event, has) for event in events), has


def test_the_same_report_gives_the_same_bytes(
    example_reports: tuple[Report, ...], example_records: tuple[Record, ...], resources: Resources
) -> None:
    for report, record in list(zip(example_reports, example_records, strict=True))[:5]:
        assert code_report(report, resources).to_json() == record.to_json()


def test_without_a_publication_date_weekdays_stay_unresolved(resources: Resources) -> None:
    text = "Rebels captured the town of Herat on Monday."
    record = code_report(Report(id="undated", text=text), resources)
    assert [event.when for event in record.events] == [None]
    assert "No publication date" in record.notes[0]


def test_a_report_given_without_its_day_is_of_the_day_in_its_header(resources: Resources) -> None:
    text = "GOMA, Congo (Feb. 9, 2013)\nRebels captured the town of Masisi yesterday."
    record = code_report(Report(id="headed", text=text), resources)
    assert (str(record.report.published), record.notes) == ("2013-02-09", ())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(PIECES, min_size=1, max_size=60))
def test_any_text_keeps_the_rules(words: list[str], resources: Resources) -> None:
    text = " ".join(words).replace("|", "\n")
    if not text.strip():
        return
    report = Report(id="any", text=text)
    record = code_report(report, resources)
    assert_cited(record, report)
    for event in record.events:
        assert event.place is None or event.place.span.text
        assert event.when is None or event.when.start is None or event.when.end is None or event.when.start <= event.when.end
