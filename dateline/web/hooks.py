"""Alerts as webhooks: what is new in a saved view is posted to another program, signed so that it can tell who sent it.

The signature is the HMAC-SHA256 of the time, a dot and the body, under the alert's secret: an old message sent again shows.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from dateline.errors import UsageError
from dateline.export.sitrep import sentence
from dateline.store.alerts import Alert, Delivery
from dateline.store.archive import Archive
from dateline.store.query import Query
from dateline.web import asking

TIMEOUT = 10
EVERY = 30.0
MOST_TOLD = 500
PARAMETERS = {"type": "type_"}
LISTS = ("type", "group", "status", "grade")


class NoRedirect(HTTPRedirectHandler):
    """A signed message goes to the address that was named, nowhere else."""

    def redirect_request(self, *_given: object) -> None:
        return None


def query_of(view: str) -> Query:
    """The query part of a desk's address as the archive's query; an unknown word is a usage error."""
    asked = parse_qs(view.lstrip("?"), keep_blank_values=False)
    known = set(asking.query.__annotations__) - {"return"}
    given = {PARAMETERS.get(name, name): values if name in LISTS else values[-1] for name, values in asked.items()}
    if unknown := sorted(set(given) - known):
        raise UsageError(f"a view has no {', '.join(unknown)}: copy what follows the ? of the desk's address")
    return asking.query(**given)  # type: ignore[arg-type]  # each name has its own type


def checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url!r} is no address to post to: give https://…")
    return url


def gather(archive: Archive) -> int:
    """Fix what is new for every alert; the number of messages made."""
    now, made = datetime.now(UTC), 0
    for alert in archive.alerts.all():
        if alert.stopped_at is None:
            body = body_of(archive, alert, now)
            archive.alerts.tell(alert, body, now)
            made += body is not None
    return made


def body_of(archive: Archive, alert: Alert, now: datetime) -> str | None:
    """None when nothing of the view became known since the last time."""
    last = archive.revision()[1]
    if last is None or last <= alert.seen:
        return None
    found = [i for i in archive.incidents(query_of(alert.view)) if i.known_from and i.known_from > alert.seen]
    if not found:
        return None
    told = [
        {
            "id": i.id,
            "type": i.type,
            "status": i.status,
            "grade": i.grade,
            "words": sentence(i),
            "incident": i.model_dump(mode="json"),
        }
        for i in found[:MOST_TOLD]
    ]
    head = {"alert": alert.id, "name": alert.name, "view": alert.view, "since": alert.seen.isoformat(), "until": now.isoformat()}
    return json.dumps({**head, "found": len(found), "incidents": told}, ensure_ascii=False)


def signature(secret: str, at: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def post(delivery: Delivery) -> tuple[bool, str]:
    """Whether it arrived, and what was answered."""
    body, at = delivery.body.encode(), int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "dateline",
        "Dateline-Delivery": delivery.id,
        "Dateline-Signature": f"t={at},v1={signature(delivery.alert.secret, at, body)}",
    }
    try:
        with build_opener(NoRedirect).open(Request(delivery.alert.url, body, headers), timeout=TIMEOUT) as answer:
            return 200 <= answer.status < 300, str(answer.status)
    except HTTPError as error:
        error.close()
        return False, str(error.code)
    except (URLError, HTTPException, OSError) as error:
        return False, str(error)


def send(archive: Archive, posting: Callable[[Delivery], tuple[bool, str]] = post) -> tuple[int, int]:
    """Try what is due; how many arrived, and how many did not."""
    arrived = failed = 0
    for delivery in archive.alerts.due():
        done, answer = posting(delivery)
        archive.alerts.tried(delivery, done, answer)
        arrived, failed = arrived + done, failed + (not done)
    return arrived, failed


def watch(archive: Archive) -> None:
    """In the background of a desk: gather and send, again and again."""

    def run() -> None:
        while True:
            gather(archive)
            send(archive)
            time.sleep(EVERY)

    threading.Thread(target=run, daemon=True, name="alerts").start()
