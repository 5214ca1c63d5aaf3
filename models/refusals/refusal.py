"""What the rules refuse, as typed exceptions that carry data and never a sentence.

`handlers/texts/spoken.py` turns each into words for the person who asked. `code` names the message; the public
attributes are its variables.
"""

import re
from dataclasses import dataclass, fields
from typing import Any


@dataclass(eq=False)
class Refusal(Exception):
    """The base of everything a person may ask for and not get."""

    @property
    def code(self) -> str:
        """The kebab-case name of the refusal, such as `not-your-task`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()

    @property
    def data(self) -> dict[str, Any]:
        """The refusal's own data, for its sentence and for the journal."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
