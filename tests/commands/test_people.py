from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.store.archive import Archive

WORDS = "seven grey herons\n"


@pytest.fixture
def run(tmp_path):
    address = str(tmp_path / "a.sqlite")
    Archive.open(address).close()

    def call(*arguments, given=None):
        done = CliRunner().invoke(cli, [*arguments, "--archive", address], input=given)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return call


def test_a_users_life(run):
    assert run("user", "add", "ada", "--role", "coder", "--password-stdin", given=WORDS) == "ada: coder\n"
    run("user", "role", "ada", "admin")
    run("user", "password", "ada", "--password-stdin", given="eight white storks\n")
    assert json.loads(run("user", "list", "--json"))["role"] == "admin"
    assert "ada" in run("user", "list")
    assert "open again" in run("user", "remove", "ada")
    assert run("user", "list", "--json") == ""
    acts = [json.loads(line) for line in run("audit", "--json").splitlines()]
    assert [act["action"] for act in acts] == ["user removed", "password changed", "role changed", "user added"]
    assert all(act["by"].startswith("command line") for act in acts)
    assert "role changed" in run("audit", "--limit", "2", "--since", "2020-01-01") or "password changed" in run("audit")


def test_the_password_is_asked_twice(run):
    assert "ada: reader" in run("user", "add", "ada", given=WORDS + WORDS)


def test_a_tokens_life(run):
    run("user", "add", "ada", "--password-stdin", given=WORDS)
    words = run("token", "new", "ada", "--label", "nightly", "--days", "30").strip()
    listed = json.loads(run("token", "list", "--json"))
    assert words.startswith(f"dl_{listed['id']}_") and listed["label"] == "nightly" and listed["ends_at"]
    assert words.rsplit("_", 1)[1] not in run("token", "list")
    run("token", "revoke", listed["id"])
    assert json.loads(run("token", "list", "--json"))["revoked_at"]
