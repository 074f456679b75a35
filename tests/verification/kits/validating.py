"""Files and data held against JSON Schemas, by a validator that is none of ours."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from complaint_rules.verification.kits.schemas import schema as schema_of


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """Make a validator of a schema, which has to be one."""
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def shipped(name: str) -> Draft202012Validator:
    """Give the validator of a schema by its name; a schema is held against its own once, when somebody needs it."""
    return validator(schema_of(name))


def told(check: Draft202012Validator, data: object) -> list[str]:
    """Give what is wrong with data, as place and message; the longest message is cut."""
    return [f"{error.json_path}: {error.message[:200]}" for error in check.iter_errors(shown(data))]


def shown(data: Any) -> Any:
    """Give a document of TOML as a validator is shown it: dates and times as their text."""
    match data:
        case dict():
            return {key: shown(item) for key, item in data.items()}
        case list() | tuple():
            return [shown(item) for item in data]
        case dt.date() | dt.time():
            return data.isoformat()
        case _:
            return data


def there_and_back(data: object) -> Any:
    """Give plain data as another program reads it."""
    return json.loads(json.dumps(data))
