# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes ``/openapi.json`` tell the truth about refusals."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from reviewer_app.contract.messages import Problem

_REF = "#/components/schemas/{model}"
_VALIDATION = "422"


def describe_problems(app: FastAPI) -> None:
    """Describe every refusal as problem details, in place of the framework's own error shape."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_described(app))
        return made

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, routes=app.routes)
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    problem = Problem.model_json_schema(mode="serialization", ref_template=_REF)
    components.update(problem.pop("$defs"))
    components["Problem"] = problem
    refusal = {
        "description": "Problem: `validation_failed`",
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
    for path in schema["paths"].values():
        for operation in path.values():
            responses = operation["responses"]
            content = responses.get(_VALIDATION, {}).get("content", {})
            if "application/json" in content:
                responses[_VALIDATION] = refusal
            operation["responses"].setdefault("default", {**refusal, "description": "Problem"})
    return schema
