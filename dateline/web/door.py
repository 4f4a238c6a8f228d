"""The desk's door: every request passes it before any page is made. It asks whose host, whose form, who, how often, which role.

It adds to every answer what browsers need to keep other sites out. Written for ASGI itself, because it stands in every call.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.store.people import People, Role, User
from dateline.web import problems
from dateline.web.limits import Limit
from dateline.web.visitor import SAFE_METHODS, Visitor, cookie_name, new_secret

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Names under which tests call the app without a server.
TEST_HOST = "testserver"

# Scripts and styles come from this address alone, none stand in a page; Leaflet sets styles through the DOM, which this allows.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECURE_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

LARGEST_BODY = 8_000_000
# Who somebody is, is asked of the archive once in this many seconds: so long may a removed person still come in.
REMEMBERED = 1.0
MOST_REMEMBERED = 1_000
SIGN_INS_PER_MINUTE = 6
CODINGS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Gate:
    """How this desk stands in the world. `names`: the hosts that it answers to, any when empty."""

    is_loopback: bool = True
    is_secure: bool = False
    names: tuple[str, ...] = ()
    per_minute: int = 0


def needed(method: str, path: str) -> Role | None:
    """The least role that may do it; None where nobody need sign in."""
    if path == "/login" or path.startswith("/static/"):
        return None
    if path == "/audit" or path.startswith("/audit/"):
        return "admin"
    if path.startswith("/alerts/"):
        return "admin"
    if method in SAFE_METHODS or path in ("/read", "/logout", "/api/v1/code"):
        return "reader"
    return "coder"


class Faces:
    """Who secrets belong to, asked of the archive at most once a second each."""

    def __init__(self, people: People, clock: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, User | None]] = OrderedDict()
        self._users = (-REMEMBERED, False)

    async def of(self, secret: str, is_token: bool) -> User | None:
        now = self._clock()
        seen = self._known.get(secret)
        if seen and now - seen[0] < REMEMBERED:
            return seen[1]
        found = await run_in_threadpool(self._people.of_token if is_token else self._people.of_session, secret)
        self._known[secret] = (now, found)
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return found

    async def any(self) -> bool:
        now = self._clock()
        if now - self._users[0] >= REMEMBERED:
            self._users = (now, await run_in_threadpool(self._people.has_users))
        return self._users[1]

    def forget(self, secret: str) -> None:
        self._known.pop(secret, None)


@dataclass(frozen=True, slots=True)
class Door:
    """`app` behind the gate; `people` of None is a desk for tests of other things."""

    app: ASGIApp
    gate: Gate
    faces: Faces
    calls: Limit
    codings: Limit = field(default_factory=lambda: Limit(CODINGS_PER_MINUTE))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        scope["visitor"] = await self._visitor(request)
        refusal = self._refusal(request)
        await (refusal or self.app)(scope, receive, self._with_headers(send))

    async def _visitor(self, request: Request) -> Visitor:
        is_open = self.gate.is_loopback and not await self.faces.any()
        secure = self.gate.is_secure
        kind, _, words = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            user = await self.faces.of(words.strip(), is_token=True)
            return Visitor(user, "", by_token=True, is_open=is_open, is_secure=secure)
        secret = request.cookies.get(cookie_name(secure), "")
        if not secret or request.url.path.startswith("/static/"):
            return Visitor(None, secret or new_secret(), is_new=not secret, is_open=is_open, is_secure=secure)
        user = None if is_open else await self.faces.of(secret, is_token=False)
        return Visitor(user, secret, is_open=is_open, is_secure=secure)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to whoever may not come in."""
        path, method, visitor = request.url.path, request.method, request.scope["visitor"]
        if not self._is_own_host(request.headers.get("host", "")):
            return problems.answer(request, 403, "the desk answers to its own names only")
        if method not in SAFE_METHODS and is_foreign(request):
            return problems.answer(request, 403, "a form of another site was refused")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return problems.answer(request, 413, f"more than {LARGEST_BODY:,} bytes are not read: send less at once")
        role = needed(method, path)
        if role is not None and not visitor.may(role):
            return refuse(request, visitor, role)
        return self._too_often(request, visitor)

    def _too_often(self, request: Request, visitor: Visitor) -> Response | None:
        path = request.url.path
        if visitor.is_open or path.startswith("/static/"):
            return None
        caller = visitor.user.name if visitor.user else address_of(request)
        wait = self.calls.wait(caller)
        if not wait and request.method == "POST" and path in ("/read", "/api/v1/code"):
            wait = self.codings.wait(caller)
        return too_often(request, wait) if wait else None

    def _is_own_host(self, host: str) -> bool:
        name = urlsplit(f"//{host}").hostname
        if self.gate.is_loopback:
            return name in (*LOOPBACK, TEST_HOST)
        return not self.gate.names or name in self.gate.names

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (HEADERS | SECURE_ONLY if self.gate.is_secure else HEADERS).items():
                    headers.setdefault(name, value)
            await send(message)

        return sending


def address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def too_often(request: Request, wait: float) -> Response:
    seconds = math.ceil(wait)
    found = problems.answer(request, 429, f"too many calls: wait {seconds} s and try again")
    found.headers["Retry-After"] = str(seconds)
    return found


def refuse(request: Request, visitor: Visitor, role: Role) -> Response:
    """To the login page for a person, a plain no for a program or for the wrong role."""
    if visitor.user is not None:
        return problems.answer(request, 403, f"this needs the role {role!r}; {visitor.user.name!r} is {visitor.user.role!r}")
    if request.url.path.startswith("/api/"):
        found = problems.answer(request, 401, "sign in, or send a token: Authorization: Bearer dl_…")
        found.headers["WWW-Authenticate"] = "Bearer"
        return found
    if "hx-request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/login"})
    onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(onward if request.method == 'GET' else '/', safe='')}", 303)


def is_foreign(request: Request) -> bool:
    """Another site's page must not send forms here through the reader's browser."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
