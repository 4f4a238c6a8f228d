"""A desk with users: who may come in, who may do what, and what is noted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.errors import UsageError
from dateline.settings import Settings
from dateline.web.app import create_app
from dateline.web.door import needed
from dateline.web.limits import Limit
from dateline.web.pages import FOLDER
from dateline.web.people import own_path
from tests.web.conftest import toy_coder

WORDS = "seven grey herons"


@pytest.fixture
def staffed(archive):
    for name in ("reader", "coder", "admin"):
        archive.people.add(name, WORDS, name, by="test")
    return archive


@pytest.fixture
def desk(staffed, needs_vendor):
    with TestClient(create_app(staffed, Settings(), toy_coder), base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


def mark_of(client, path="/login"):
    return re.search(r'name="csrf" value="(\w+)"', client.get(path).text)[1]


def sign_in(client, name, password=WORDS, onward="/"):
    data = {"name": name, "password": password, "next": onward, "csrf": mark_of(client)}
    answer = client.post("/login", data=data)
    if answer.status_code == 303:
        client.headers["X-CSRF-Token"] = mark_of(client, "/read")
    return answer


def event_of(archive):
    return archive.incidents()[0].accounts[0].event.id


def test_without_signing_in_a_page_leads_to_the_login_and_back(desk):
    answer = desk.get("/incidents/x?as_known_on=2021-08-08")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fincidents%2Fx%3Fas_known_on%3D2021-08-08"
    assert sign_in(desk, "reader", onward="/holdings").headers["location"] == "/holdings"
    assert desk.get("/holdings").status_code == 200


def test_a_program_is_told_to_sign_in(desk):
    answer = desk.get("/api/v1/incidents")
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert desk.get("/list", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/login"


def test_wrong_words_are_refused_and_noted(desk, staffed):
    answer = sign_in(desk, "admin", "wrong words here")
    assert answer.status_code == 401 and "do not fit" in answer.text
    assert next((act.by, act.action) for act in staffed.people.log()) == ("admin", "sign-in refused")


def test_guessing_is_slowed_down(desk):
    answers = [sign_in(desk, "admin", "wrong words here").status_code for _ in range(8)]
    assert answers[0] == 401 and answers[-1] == 429
    assert int(sign_in(desk, "admin").headers["retry-after"]) > 0


def test_a_session_cookie_is_out_of_reach_of_scripts_and_changes_when_signing_in(desk):
    before = desk.get("/login").cookies["dateline"]
    cookie = sign_in(desk, "reader").headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert desk.cookies["dateline"] != before


def test_signing_out_ends_the_session_at_once(desk):
    sign_in(desk, "reader")
    kept = desk.cookies["dateline"]
    assert desk.post("/logout").status_code == 303
    desk.cookies.set("dateline", kept)
    assert desk.get("/holdings").status_code == 303


@pytest.mark.parametrize(
    ("role", "path", "expected"),
    [
        ("reader", "/review/judge", 403), ("coder", "/review/judge", 303), ("admin", "/review/judge", 303),
        ("reader", "/read", 200),
    ],
)  # fmt: skip
def test_roles_decide_who_may_change_what(desk, staffed, role, path, expected):
    sign_in(desk, role)
    data = {"by": role, "verdict": "accept", "event": event_of(staffed), "text": "They seized it."}
    assert desk.post(path, data=data).status_code == expected


@pytest.mark.parametrize(("role", "expected"), [("reader", 403), ("coder", 403), ("admin", 200)])
def test_only_an_admin_reads_the_audit_log(desk, role, expected):
    sign_in(desk, role)
    assert desk.get("/audit").status_code == expected


def test_what_is_done_is_noted_under_ones_own_name(desk, staffed):
    sign_in(desk, "coder")
    event = event_of(staffed)
    assert desk.post("/review/judge", data={"by": "admin", "verdict": "accept", "event": event}).status_code == 403
    desk.post("/review/judge", data={"by": "coder", "verdict": "accept", "event": event})
    act = staffed.people.log()[0]
    assert (act.by, act.action) == ("coder", "review/judge") and f"event={event}" in act.subject
    assert all(judgement.by == "coder" for judgement in staffed.judgement_history())
    desk.post("/logout")
    desk.headers.pop("X-CSRF-Token")
    sign_in(desk, "admin")
    assert "review/judge" in desk.get("/audit?by=coder").text


@pytest.mark.parametrize("mark", [None, "", "0" * 64])
def test_a_form_without_the_pages_mark_is_refused(desk, staffed, mark):
    sign_in(desk, "coder")
    desk.headers.pop("X-CSRF-Token")
    data = {"by": "coder", "verdict": "accept", "event": event_of(staffed)} | ({} if mark is None else {"csrf": mark})
    assert desk.post("/review/judge", data=data).status_code == 403
    assert staffed.judgement_history() == []


def test_every_form_that_changes_something_carries_the_mark():
    for page in sorted((FOLDER / "templates").glob("*.html")):
        text = page.read_text(encoding="utf-8")
        assert text.count('method="post"') == text.count("{{ visitor.field }}"), page.name


def test_a_token_opens_the_api_in_its_users_role(desk, staffed):
    token, words = staffed.people.new_token("reader", "nightly", None, by="test")
    bearer = {"Authorization": f"Bearer {words}"}
    assert desk.get("/api/v1/incidents", headers=bearer).status_code == 200
    assert desk.post("/api/v1/code", json={"text": "They seized it."}, headers=bearer).status_code == 200
    assert desk.post("/review/undo", data={"by": "reader"}, headers=bearer).status_code == 403
    assert desk.get("/api/v1/incidents", headers={"Authorization": "Bearer made-up"}).status_code == 401
    staffed.people.revoke(token.id, by="test")


def test_off_loopback_the_desk_wants_users_and_https(archive, needs_vendor):
    with pytest.raises(UsageError, match="no users"):
        create_app(archive, Settings(host="0.0.0.0", behind_proxy=True))
    archive.people.add("ada", WORDS, "admin", by="test")
    with pytest.raises(UsageError, match="in clear"):
        create_app(archive, Settings(host="0.0.0.0"))
    app = create_app(archive, Settings(host="0.0.0.0", behind_proxy=True, names=("desk.example",)), toy_coder)
    with TestClient(app, base_url="https://desk.example", follow_redirects=False) as client:
        answer = sign_in(client, "ada")
        assert "__Host-dateline=" in answer.headers["set-cookie"] and "Secure" in answer.headers["set-cookie"]
        assert "max-age" in client.get("/").headers["strict-transport-security"]
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
        archive.people.remove("ada", by="test")  # no user is left: it does not open, as it would on loopback
        client.app.state.faces.forget(client.cookies["__Host-dateline"])
        assert client.get("/").status_code == 303


def test_too_many_calls_are_told_to_wait(staffed, needs_vendor):
    with TestClient(create_app(staffed, Settings(calls_per_minute=3)), base_url="http://127.0.0.1") as client:
        answers = [client.get("/login") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_bucket_refills_evenly():
    now = [0.0]
    limit = Limit(60, clock=lambda: now[0])
    assert all(limit.wait("a") == 0 for _ in range(60))
    assert limit.wait("a") == pytest.approx(1)
    assert limit.wait("b") == 0
    now[0] += 1.01
    assert limit.wait("a") == 0 and limit.wait("a") > 0


def test_a_body_too_large_is_not_read(client):
    assert client.post("/read", content=b"", headers={"Content-Length": "9000000"}).status_code == 413


@pytest.mark.parametrize(
    ("onward", "expected"),
    [("/holdings?on=2021-08-08", "/holdings?on=2021-08-08"), ("//evil.example", "/"), ("https://evil.example", "/"),
     ("/\\evil.example", "/"), ("javascript:alert(1)", "/"), ("/a\nb", "/"), ("", "/")],
)  # fmt: skip
def test_signing_in_leads_to_this_desk_only(onward, expected):
    assert own_path(onward) == expected


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [("GET", "/", "reader"), ("POST", "/review/judge", "coder"), ("GET", "/audit", "admin"), ("POST", "/anything", "coder"),
     ("DELETE", "/anything", "coder"), ("GET", "/static/css/base.css", None), ("GET", "/login", None)],
)  # fmt: skip
def test_the_least_role_for_each_act(method, path, role):
    assert needed(method, path) == role


def test_the_desk_opens_again_to_nobody_but_this_machine(archive, client):
    assert client.get("/").status_code == 200
    assert "Sign out" not in client.get("/").text


def test_the_templates_hold_no_script_or_style_of_their_own():
    for page in sorted(Path(FOLDER / "templates").glob("*.html")):
        if page.name == "sitrep_alone.html":  # a file to keep: the desk never serves it
            continue
        text = page.read_text(encoding="utf-8")
        assert "<style" not in text and " style=" not in text and "onclick" not in text, page.name


@pytest.mark.parametrize(("name", "status"), [("reader", 403), ("coder", 403), ("admin", 200)])
def test_webhooks_are_an_admins_and_nobody_else_sees_them(desk, staffed, name, status):
    staffed.alerts.new("nile", "place=Merowe", "https://example.org/secret-path", by="test")
    sign_in(desk, name)
    page = desk.get("/alerts").text
    assert "/feed.atom" in page and ("secret-path" in page) == (name == "admin")
    answer = desk.post("/alerts/new", data={"name": "x", "view": "", "url": "https://example.org/in"})
    assert answer.status_code == status
    assert len(staffed.alerts.all()) == (2 if name == "admin" else 1)
