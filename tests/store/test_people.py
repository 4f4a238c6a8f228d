from __future__ import annotations

from datetime import timedelta

import pytest

from dateline.errors import UsageError

WORDS = "seven grey herons"


def test_a_person_signs_in_with_the_right_words_only(archive):
    people = archive.people
    people.add("ada", WORDS, "coder", by="test")
    secret = people.sign_in("ada", WORDS)
    assert secret is not None and people.of_session(secret).role == "coder"
    assert people.sign_in("ada", "seven grey swans") is None
    assert people.sign_in("ben", WORDS) is None
    assert people.of_session("made up") is None


def test_nothing_that_opens_the_door_is_kept(archive):
    from sqlalchemy import select

    from dateline.store.tables import sessions, tokens, users

    people = archive.people
    people.add("ada", WORDS, "admin", by="test")
    secret = people.sign_in("ada", WORDS)
    _token, words = people.new_token("ada", "laptop", None, by="test")
    with archive._engine.connect() as connection:
        kept = " ".join(str(row) for table in (users, sessions, tokens) for row in connection.execute(select(table)))
    assert WORDS not in kept and secret not in kept and words not in kept
    assert "$argon2id$" in kept


def test_a_session_ends_by_itself(archive, clock):
    archive.people.add("ada", WORDS, "reader", by="test")
    secret = archive.people.sign_in("ada", WORDS)
    clock.now += timedelta(hours=11)
    assert archive.people.of_session(secret)
    clock.now += timedelta(hours=2)
    assert archive.people.of_session(secret) is None


def test_signing_out_removing_and_a_new_password_shut_the_door(archive):
    people = archive.people
    people.add("ada", WORDS, "reader", by="test")
    secret = people.sign_in("ada", WORDS)
    people.sign_out(secret)
    assert people.of_session(secret) is None
    secret = people.sign_in("ada", WORDS)
    people.set_password("ada", "eight white storks", by="test")
    assert people.of_session(secret) is None and people.sign_in("ada", WORDS) is None
    secret = people.sign_in("ada", "eight white storks")
    _token, words = people.new_token("ada", "laptop", None, by="test")
    people.remove("ada", by="test")
    assert people.of_session(secret) is None and people.of_token(words) is None and not people.has_users()
    people.add("ada", WORDS, "reader", by="test")
    assert people.of_token(words) is None


def test_tokens_end_and_are_revoked(archive, clock):
    people = archive.people
    people.add("ada", WORDS, "reader", by="test")
    token, words = people.new_token("ada", "nightly", 30, by="test")
    assert words.startswith(f"dl_{token.id}_") and people.of_token(words).name == "ada"
    assert people.of_token(words + "x") is None
    clock.now += timedelta(days=31)
    assert people.of_token(words) is None
    token, words = people.new_token("ada", "other", None, by="test")
    people.revoke(token.id, by="test")
    assert people.of_token(words) is None
    with pytest.raises(UsageError, match="no token"):
        people.revoke(token.id, by="test")


def test_roles_include_the_lower_ones(archive):
    people = archive.people
    made = people.add("ada", WORDS, "reader", by="test")
    assert made.may("reader") and not made.may("coder")
    people.set_role("ada", "admin", by="test")
    assert [(user.name, user.may("coder")) for user in people.users()] == [("ada", True)]


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [("", WORDS, "printable"), ("a\nb", WORDS, "printable"), ("ben", "short", "10 to 1000"), ("ada", WORDS, "already")],
)
def test_bad_names_and_passwords_are_refused(archive, name, password, says):
    archive.people.add("ada", WORDS, "reader", by="test")
    with pytest.raises(UsageError, match=says):
        archive.people.add(name, password, "reader", by="test")


def test_the_log_says_who_did_what_latest_first(archive, clock):
    people = archive.people
    people.add("ada", WORDS, "reader", by="root")
    clock.next_day()
    people.sign_in("ada", "wrong words here")
    people.note("ada", "/review/judge", "e1")
    assert [(act.by, act.action) for act in people.log()] == [
        ("ada", "/review/judge"), ("ada", "sign-in refused"), ("root", "user added"),
    ]  # fmt: skip
    assert [act.action for act in people.log(since=clock.now)] == ["/review/judge", "sign-in refused"]
    assert [act.action for act in people.log(by="root")] == ["user added"]
