"""Who is asking: a signed-in person, a program with a token, or, on a desk without users, whoever sits at this machine."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from fastapi import Request, Response
from markupsafe import Markup

from dateline.store.people import SESSION, Role, User

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
# The name of the mark among a form's fields.
FIELD = "csrf"


@dataclass(frozen=True, slots=True)
class Visitor:
    """`secret` is the browser's cookie, `is_new` when the answer must set it; `is_open`: the desk has no users."""

    user: User | None
    secret: str
    is_new: bool = False
    by_token: bool = False
    is_open: bool = False
    is_secure: bool = False

    def may(self, role: Role) -> bool:
        return self.is_open or (self.user is not None and self.user.may(role))

    @property
    def mark(self) -> str:
        return hashlib.sha256(f"form of {self.secret}".encode()).hexdigest()

    @property
    def field(self) -> Markup:
        """The hidden field that every form which changes something carries."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, self.mark)


def visitor_of(request: Request) -> Visitor:
    visitor: Visitor = request.scope["visitor"]
    return visitor


def cookie_name(is_secure: bool) -> str:
    """The prefix makes browsers keep it to this very host, over HTTPS only."""
    return "__Host-dateline" if is_secure else "dateline"


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def keep(response: Response, secret: str, is_secure: bool) -> None:
    response.set_cookie(
        cookie_name(is_secure),
        secret,
        max_age=int(SESSION.total_seconds()),
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
