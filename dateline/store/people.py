"""Who may use the desk, and the log of what they did. Secrets are kept as digests only; the log is added to, never changed.

Signing in takes an Argon2id check whether or not the name exists, so that answers do not tell names by their time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, update

from dateline.errors import UsageError
from dateline.store.engine import writing
from dateline.store.tables import audit, sessions, tokens, users

Role = Literal["reader", "coder", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

SESSION = timedelta(hours=12)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
TOKEN_MARK = "dl"


@dataclass(frozen=True, slots=True)
class User:
    name: str
    role: Role
    made_at: datetime

    def may(self, role: Role) -> bool:
        """Whether this person's role is that one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Token:
    id: str
    user: str
    label: str
    made_at: datetime
    ends_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit log."""

    at: datetime
    by: str
    action: str
    subject: str


def digest_of(secret: str) -> str:
    """Enough for secrets that are drawn at random: only passwords need a slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


class People:
    """Users, their sessions and tokens, and the audit log of one archive."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    # -- users ----------------------------------------------------------------------------------------------------

    def users(self) -> list[User]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(users).where(users.c.removed_at.is_(None)).order_by(users.c.name)).all()
        return [_user(row) for row in rows]

    def has_users(self) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(select(users.c.row).where(users.c.removed_at.is_(None)).limit(1)).first() is not None

    def add(self, name: str, password: str, role: Role, by: str) -> User:
        """A removed person's name may be given again; their old tokens and sessions are gone."""
        name = checked_name(name)
        hashed, now = self._hasher.hash(checked_password(password)), self._clock()
        with writing(self._engine) as connection:
            row = connection.execute(select(users).where(users.c.name == name)).first()
            if row is not None and row.removed_at is None:
                raise UsageError(f"there is a user {name!r} already: `dateline user role` or `dateline user password` changes it")
            values = {"name": name, "password": hashed, "role": role, "made_at": now, "removed_at": None}
            if row is None:
                connection.execute(insert(users).values(**values))
            else:
                connection.execute(update(users).where(users.c.row == row.row).values(**values))
            _note(connection, now, by, "user added", f"{name}, {role}")
        return User(name, role, now)

    def remove(self, name: str, by: str) -> None:
        with writing(self._engine) as connection:
            now = self._clock()
            row = _row_of(connection, name)
            _shut_out(connection, row.row, now)
            connection.execute(update(users).where(users.c.row == row.row).values(removed_at=now))
            _note(connection, now, by, "user removed", name)

    def set_role(self, name: str, role: Role, by: str) -> None:
        with writing(self._engine) as connection:
            row = _row_of(connection, name)
            connection.execute(update(users).where(users.c.row == row.row).values(role=role))
            _note(connection, self._clock(), by, "role changed", f"{name}: {row.role} to {role}")

    def set_password(self, name: str, password: str, by: str) -> None:
        """Whoever was signed in with the old password is signed out; tokens stay."""
        hashed = self._hasher.hash(checked_password(password))
        with writing(self._engine) as connection:
            row = _row_of(connection, name)
            connection.execute(update(users).where(users.c.row == row.row).values(password=hashed))
            connection.execute(delete(sessions).where(sessions.c.user_row == row.row))
            _note(connection, self._clock(), by, "password changed", name)

    # -- signing in -------------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> str | None:
        """The secret of a new session, for the browser's cookie; None when name and password do not fit."""
        with self._engine.connect() as connection:
            row = connection.execute(select(users).where(users.c.name == name, users.c.removed_at.is_(None))).first()
        fits = self._fits(row.password if row else self._nobody, password)
        with writing(self._engine) as connection:
            now = self._clock()
            if row is None or not fits:
                _note(connection, now, name[:80], "sign-in refused", "")
                return None
            secret = secrets.token_urlsafe(32)
            connection.execute(delete(sessions).where(sessions.c.ends_at <= now))
            values = {"digest": digest_of(secret), "user_row": row.row, "made_at": now, "ends_at": now + SESSION}
            connection.execute(insert(sessions).values(**values))
            _note(connection, now, name, "signed in", "")
        return secret

    def sign_out(self, secret: str) -> None:
        who = self.of_session(secret)
        with writing(self._engine) as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest_of(secret)))
            if who:
                _note(connection, self._clock(), who.name, "signed out", "")

    def of_session(self, secret: str) -> User | None:
        asked = (
            select(users)
            .join(sessions, sessions.c.user_row == users.c.row)
            .where(sessions.c.digest == digest_of(secret), sessions.c.ends_at > self._clock(), users.c.removed_at.is_(None))
        )
        with self._engine.connect() as connection:
            row = connection.execute(asked).first()
        return _user(row) if row else None

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False

    # -- tokens -----------------------------------------------------------------------------------------------------

    def new_token(self, name: str, label: str, days: int | None, by: str) -> tuple[Token, str]:
        """The token and its words, which are shown this once."""
        token_id, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        words = f"{TOKEN_MARK}_{token_id}_{secret}"
        with writing(self._engine) as connection:
            now = self._clock()
            row = _row_of(connection, name)
            made = Token(token_id, name, label, now, now + timedelta(days=days) if days else None, None)
            values = {"token_id": token_id, "digest": digest_of(words), "user_row": row.row, "label": label}
            connection.execute(insert(tokens).values(**values, made_at=now, ends_at=made.ends_at))
            _note(connection, now, by, "token made", f"{token_id} of {name}: {label}")
        return made, words

    def tokens(self) -> list[Token]:
        asked = select(tokens, users.c.name).join(users, users.c.row == tokens.c.user_row).order_by(tokens.c.row)
        with self._engine.connect() as connection:
            return [
                Token(row.token_id, row.name, row.label, row.made_at, row.ends_at, row.revoked_at)
                for row in connection.execute(asked)
            ]

    def revoke(self, token_id: str, by: str) -> None:
        with writing(self._engine) as connection:
            now = self._clock()
            asked = update(tokens).where(tokens.c.token_id == token_id, tokens.c.revoked_at.is_(None)).values(revoked_at=now)
            if connection.execute(asked).rowcount != 1:
                raise UsageError(f"no token {token_id!r} in force: `dateline token list` shows them")
            _note(connection, now, by, "token revoked", token_id)

    def of_token(self, words: str) -> User | None:
        now, digest = self._clock(), digest_of(words)
        asked = (
            select(users, tokens.c.digest)
            .join(tokens, tokens.c.user_row == users.c.row)
            .where(
                tokens.c.digest == digest,
                tokens.c.revoked_at.is_(None),
                or_(tokens.c.ends_at.is_(None), tokens.c.ends_at > now),
                users.c.removed_at.is_(None),
            )
        )
        with self._engine.connect() as connection:
            row = connection.execute(asked).first()
        return _user(row) if row and hmac.compare_digest(row.digest, digest) else None

    # -- the log ----------------------------------------------------------------------------------------------------

    def note(self, by: str, action: str, subject: str) -> None:
        with writing(self._engine) as connection:
            _note(connection, self._clock(), by, action, subject)

    def log(self, since: datetime | None = None, by: str | None = None, limit: int | None = None) -> list[Act]:
        """Latest first."""
        asked = select(audit).order_by(audit.c.row.desc())
        if since:
            asked = asked.where(audit.c.at >= since)
        if by:
            asked = asked.where(audit.c.by == by)
        with self._engine.connect() as connection:
            return [Act(row.at, row.by, row.action, row.subject) for row in connection.execute(asked.limit(limit))]


def _user(row: Row[Any]) -> User:
    return User(row.name, row.role, row.made_at)


def _row_of(connection: Connection, name: str) -> Row[Any]:
    row = connection.execute(select(users).where(users.c.name == name, users.c.removed_at.is_(None))).first()
    if row is None:
        raise UsageError(f"no user {name!r}: `dateline user list` shows them")
    return row


def _shut_out(connection: Connection, user_row: int, now: datetime) -> None:
    connection.execute(delete(sessions).where(sessions.c.user_row == user_row))
    open_tokens = tokens.c.user_row == user_row, tokens.c.revoked_at.is_(None)
    connection.execute(update(tokens).where(*open_tokens).values(revoked_at=now))


def _note(connection: Connection, at: datetime, by: str, action: str, subject: str) -> None:
    connection.execute(insert(audit).values(at=at, by=by[:80], action=action[:40], subject=subject[:2000]))


def checked_name(name: str) -> str:
    name = name.strip()
    if not name or len(name) > 80 or not name.isprintable():
        raise UsageError("a user's name has 1 to 80 printable characters")
    return name


def checked_password(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters: a few words will do")
    return password
