"""How the journal turns values into bytes and bytes into digests. `docs/record-format.md` says the same for others."""

import hashlib
from typing import Any

import rfc8785


def digest_of(*fields: bytes) -> bytes:
    """SHA-256 over length-prefixed fields, so no two different lists of fields hash alike by concatenation."""
    digest = hashlib.sha256()
    for field in fields:
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    return digest.digest()


def canonical_json(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON can say
    """Return a value as canonical JSON (RFC 8785). Raises ValueError for what canonical JSON cannot carry."""
    return rfc8785.dumps(value)
