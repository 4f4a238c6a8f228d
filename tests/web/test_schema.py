"""The API against its own description: made-up calls of every path find no fault of ours, and answers look as described."""

from __future__ import annotations

import json

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.web.app import create_app
from tests.web import small_archive
from tests.web.conftest import toy_coder

OPERATIONS = {
    "/api/v1/incidents", "/api/v1/incidents.ndjson", "/api/v1/incidents/{incident_id}", "/api/v1/events", "/api/v1/reports",
    "/api/v1/reports/{report_id}", "/api/v1/reports/{report_id}/record", "/api/v1/holdings", "/api/v1/holdings.ndjson",
    "/api/v1/changes", "/api/v1/geojson", "/api/v1/code",
}  # fmt: skip
ERRORS = {"400", "401", "403", "404", "413", "422", "429", "503"}
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
        assert called == len(OPERATIONS)


def _given(operation):
    return given(case=operation.as_strategy())


def test_the_description_is_complete(client):
    """Each operation says what it does, shows an answer that its own schema accepts, and names every error as a problem."""
    described = client.get("/api/v1/openapi.json").json()
    assert set(described["paths"]) == OPERATIONS
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description"), (path, parameter["name"])
            responses = operation["responses"]
            assert set(responses) == {"200", *ERRORS}, path
            for status in ERRORS:
                problem = responses[status]["content"]["application/problem+json"]
                assert problem["example"]["status"] == int(status) and problem["example"]["detail"], (path, status)
            for media, told in responses["200"]["content"].items():
                assert told["example"], path
                if media == "application/x-ndjson":
                    assert [json.loads(line)["place"] for line in told["example"].splitlines()], path
                else:
                    whole = {**told["schema"], "components": described["components"]}
                    jsonschema_rs.validator_for(whole).validate(told["example"])


def test_wrong_calls_of_pages_and_of_the_api_answer_each_in_its_way(client):
    assert client.get("/api/v1/incidents", params={"limit": "x"}).headers["content-type"] == "application/problem+json"
    assert client.put("/api/v1/incidents").json()["status"] == 405
