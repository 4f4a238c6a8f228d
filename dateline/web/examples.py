"""Answers of the API as its description shows them: one for each operation, each a value that the API could give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

FILE = Path(__file__).parent / "examples.json"


def describe(app: FastAPI) -> None:
    """Put the examples into the app's OpenAPI document. FastAPI itself would strip them of all that is null."""
    bare = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found: dict[str, Any] = bare()
            examples = json.loads(FILE.read_text(encoding="utf-8"))
            for path, operations in found["paths"].items():
                for operation in operations.values():
                    for told in operation["responses"]["200"]["content"].values():
                        told["example"] = examples[path]
        return bare()

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the document
