"""Writes what aiogram declares of methods of the Bot API: `{method: {parameter: whether it is required}}`."""

import json
import sys

import aiogram
from aiogram import methods


def declared(method: str) -> dict[str, bool]:
    fields = getattr(methods, method[0].upper() + method[1:]).model_fields
    return {name: field.is_required() for name, field in fields.items()}


told = {method: declared(method) for method in sys.argv[1:]}
sys.stdout.write(json.dumps({"version": aiogram.__api_version__, "methods": told}))
