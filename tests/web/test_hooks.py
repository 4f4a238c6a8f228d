"""Alerts against a real receiver on loopback."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.web.hooks import checked_url, gather, query_of, send, signature
from tests.web import small_archive


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *_given):
        pass


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answers = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def news(archive):
    """The archive before Merowe was told of."""
    archive.withdraw("m1")
    link_incidents(archive)


def restore_merowe(archive):
    archive.add(*small_archive.merowe())
    link_incidents(archive)


def test_what_becomes_known_in_a_view_is_told_once_and_signed(archive, receiver):
    news(archive)
    url = f"http://127.0.0.1:{receiver.server_port}/in"
    alert = archive.alerts.new("sudan", "place=Merowe", url, by="test")
    archive.alerts.new("afghanistan", "place=Kabul", url, by="test")
    assert gather(archive) == 0
    restore_merowe(archive)
    assert gather(archive) == 1 and gather(archive) == 0
    assert send(archive) == (1, 0) and send(archive) == (0, 0)
    [(headers, body)] = receiver.got
    told = json.loads(body)
    assert told["alert"] == alert.id and told["found"] == 1 and "Merowe" in told["incidents"][0]["words"]
    parts = dict(part.split("=") for part in headers["Dateline-Signature"].split(","))
    assert parts["v1"] == signature(alert.secret, int(parts["t"]), body)
    assert parts["v1"] != signature("another secret", int(parts["t"]), body)


def test_what_does_not_arrive_waits_and_is_sent_again_unchanged(archive, receiver):
    news(archive)
    archive.alerts.new("all", "", f"http://127.0.0.1:{receiver.server_port}/in", by="test")
    restore_merowe(archive)
    gather(archive)
    receiver.answers[:] = [500]
    assert send(archive) == (0, 1)
    assert send(archive) == (0, 0)  # not before its time
    later = datetime.now(UTC) + timedelta(minutes=2)
    archive.alerts._clock = lambda: later
    assert send(archive) == (1, 0)
    assert receiver.got[0][1] == receiver.got[1][1]
    assert receiver.got[0][0]["Dateline-Delivery"] == receiver.got[1][0]["Dateline-Delivery"]


def test_a_receiver_that_is_gone_is_a_failed_try_and_a_stopped_alert_sends_nothing(archive):
    news(archive)
    alert = archive.alerts.new("all", "", "http://127.0.0.1:9/in", by="test")
    restore_merowe(archive)
    gather(archive)
    assert send(archive) == (0, 1)
    archive.alerts.stop(alert.id, by="test")
    assert archive.alerts.due() == [] and gather(archive) == 0
    with pytest.raises(UsageError, match="no alert"):
        archive.alerts.stop(alert.id, by="test")


@pytest.mark.parametrize("view", ["colour=red", "type=war", "since=yesterday"])
def test_a_view_that_makes_no_sense_is_refused(view):
    with pytest.raises(UsageError):
        query_of(view)


def test_a_view_is_the_desks_address():
    asked = query_of("?place=Kunduz&group=control&type=airstrike")
    assert asked.place == "Kunduz" and "airstrike" in asked.types and "territory_gain" in asked.types


@pytest.mark.parametrize("url", ["ftp://a.example/x", "/path", "https://"])
def test_only_web_addresses_are_posted_to(url):
    with pytest.raises(UsageError):
        checked_url(url)
