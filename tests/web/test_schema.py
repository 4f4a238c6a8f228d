"""The API against its own description: made-up calls of every path find no fault of ours, and answers look as described."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web.app import create_app
from tests.web import small_archive
from tests.web.conftest import toy_coder

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


def test_made_up_calls_find_no_fault(tmp_path, needs_vendor):
    address = str(tmp_path / "a.sqlite")
    small_archive.fill(address)
    with Archive.open(address) as archive:
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(archive, Settings(), toy_coder))
        called = 0
        for found in schema.get_all_operations():
            operation = found.ok()

            @settings(max_examples=6, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
            @_given(operation)
            def call(case):
                answer = case.call(headers={"Host": "127.0.0.1"})
                case.validate_response(answer, checks=CHECKS)

            call()
            called += 1
        assert called >= 11


def _given(operation):
    return given(case=operation.as_strategy())
