"""The page of alerts, with its webhooks going to a real receiver on loopback."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from dateline.store.query import Query
from dateline.web.alerts import view_words
from dateline.web.asking import query
from dateline.web.hooks import gather, send, signature
from tests.web.test_hooks import news, receiver, restore_merowe

__all__ = ["receiver"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Query(), ""),
        (query(group=["violence"], place="Kunduz", since="2021-08-06"), "Violence, Kunduz, from 6 Aug 2021"),
        (query(type_=["airstrike"], group=["control"], status=["denied"]), "Control, Air strike, denied"),
    ],
)
def test_a_view_is_named_as_a_person_would(asked, words):
    assert view_words(asked) == words


def test_a_view_becomes_an_alert_whose_secret_is_shown_once_and_whose_message_is_tried_again(page, archive, receiver):
    news(archive)
    page.goto("/?place=Merowe")
    page.wait_for_selector("body[data-ready]")
    page.get_by_role("link", name="Follow this view").click()
    expect(page.get_by_role("heading", name="Merowe")).to_be_visible()
    feed = page.get_by_role("link", name="Atom feed").get_attribute("href")
    assert page.request.get(feed).headers["content-type"].startswith("application/atom+xml")
    page.get_by_label("What it is for").fill("Nile desk")
    page.get_by_label("Address of the receiver").fill(f"http://127.0.0.1:{receiver.server_port}/in")
    page.keyboard.press("Enter")
    secret = page.locator("#secret").inner_text()
    assert secret == archive.alerts.all()[0].secret
    page.goto("/alerts")
    assert secret not in page.content()

    restore_merowe(archive)
    receiver.answers[:] = [500]
    gather(archive)
    assert send(archive) == (0, 1)
    page.reload()
    message = page.locator("tbody tr", has_text="Nile desk").last
    expect(message).to_contain_text(re.compile(r"next try .*1.*500", re.DOTALL))
    message.get_by_role("button", name="Try again").click()
    assert send(archive) == (1, 0)
    headers, body = receiver.got[-1]
    parts = dict(part.split("=") for part in headers["Dateline-Signature"].split(","))
    assert parts["v1"] == signature(secret, int(parts["t"]), body)
    page.reload()
    expect(page.locator("tbody tr", has_text="arrived")).to_have_count(1)
    page.get_by_role("button", name="Stop Nile desk").click()
    expect(page.get_by_text("stopped", exact=True)).to_be_visible()
    assert archive.alerts.all()[0].stopped_at is not None


def test_what_was_given_up_can_be_tried_again(archive, receiver, client):
    news(archive)
    archive.alerts.new("all", "", "http://127.0.0.1:9/in", by="test")
    restore_merowe(archive)
    gather(archive)
    clock = datetime.now(UTC)
    for _ in range(8):
        clock += timedelta(days=1)
        archive.alerts._clock = lambda: clock  # noqa: B023
        send(archive)
    assert archive.alerts.sent(10)[0].next_try is None
    assert "given up" in client.get("/alerts").text
    client.post("/alerts/again", data={"delivery": archive.alerts.sent(10)[0].id})
    assert len(archive.alerts.due()) == 1
    assert client.post("/alerts/again", data={"delivery": "nothing"}).status_code == 400


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": " ", "view": "", "url": "https://example.org"}, "fill in a name"),
        ({"name": "x", "view": "colour=red", "url": "https://example.org"}, "a view has no"),
        ({"name": "x", "view": "", "url": "ftp://example.org"}, "no address to post to"),
    ],
)
def test_a_wrong_alert_says_what_to_do(client, archive, form, says):
    answer = client.post("/alerts/new", data=form)
    assert answer.status_code == 400 and says in answer.text
    assert archive.alerts.all() == []
