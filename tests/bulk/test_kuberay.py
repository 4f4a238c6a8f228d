"""The manifest for KubeRay, as far as it can be tried without a cluster: Ray's own reader of such resources understands it, its
Ray is the locked one, and what it runs is a command of ours.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from dateline.commands.bulk import bulk

pytest.importorskip("ray", reason="Ray is not installed here: `make test-ray` runs these tests")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    import yaml

    manifest = yaml.safe_load(Path("deploy/kuberay.yaml").read_text(encoding="utf-8"))
    assert (manifest["apiVersion"], manifest["kind"]) == ("ray.io/v1", "RayJob")
    found: dict[str, Any] = manifest["spec"]
    return found


def test_ray_reads_a_head_that_codes_nothing_and_workers_of_eight_cores(spec: dict[str, Any]) -> None:
    from ray.autoscaler._private.kuberay.autoscaling_config import _derive_autoscaling_config_from_ray_cr

    resource = {"metadata": {"name": "dateline-bulk", "namespace": "default"}, "spec": spec["rayClusterSpec"]}
    types = _derive_autoscaling_config_from_ray_cr(resource)["available_node_types"]
    assert {name: one["resources"]["CPU"] for name, one in types.items()} == {"headgroup": 0, "coders": 8}
    assert types["coders"]["resources"]["memory"] == 8 * 2**30
    assert types["coders"]["min_workers"] == types["coders"]["max_workers"] == 4


def test_the_image_s_ray_is_the_locked_one(spec: dict[str, Any]) -> None:
    locked = re.search(r"^ray==(\S+)", Path("requirements/ray.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert locked and spec["rayClusterSpec"]["rayVersion"] == locked[1]


def test_it_runs_a_command_of_ours(spec: dict[str, Any]) -> None:
    program, command, *words = shlex.split(spec["entrypoint"])
    assert (program, command) == ("dateline", "bulk")
    given = bulk.make_context("bulk", words).params
    assert (given["engine"], given["address"], given["workers"]) == ("ray", "auto", None)
