"""The JSON Schema of the record, from the values themselves: `python -m dateline.model.schema > docs/record.schema.json`."""

from __future__ import annotations

import json
import sys

from dateline.model.event import Record


def record_schema() -> str:
    """Draft 2020-12, with a line break at the end."""
    return json.dumps(Record.model_json_schema(by_alias=True, mode="serialization"), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(record_schema())
