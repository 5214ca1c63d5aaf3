"""The stand-in knows the parameters that aiogram declares. Its code is generated from the page of the Bot API."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from bot.sandbox.specification import METHODS, former
from tests.foreign.places import CLIENTS

NEWER = {"receiver_user_id", "callback_query_id", "ephemeral_message_parameters"}
"""Parameters of Bot API 10.2 and 10.3, which the stand-in, of 10.1, does not know."""


def test_every_method_has_the_parameters_that_aiogram_declares(foreign_python: Path) -> None:
    asked = [str(foreign_python), str(CLIENTS / "declared_by_aiogram.py"), *METHODS]
    told = json.loads(subprocess.run(asked, check=True, capture_output=True, timeout=60).stdout)
    known = {
        method: {name: one.required for name, one in {**parameters, **former(method)}.items()}
        for method, parameters in METHODS.items()
    }
    declared = {
        method: {name: required for name, required in parameters.items() if name not in NEWER - known[method].keys()}
        for method, parameters in told["methods"].items()
    }
    assert known == declared, f"aiogram declares Bot API {told['version']}"
