"""What people wrote and what they are called, inside the payloads of the journal: sealed, so that it can be erased.

From version 3 on, the digest of a payload does not cover such a value, but a digest of it: the seal, made with a secret
of its own. To erase the value is to forget the value and the secret, and to keep the seal. So the rest of the payload
is proved as before, and nobody can find out the value by trying words.

In a payload of version 1 or 2 the digest covers the values themselves. What is left of such a payload is proved by the
entry that tells of the erasure (`models/journal/erasing.py`).
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from models.journal.digests import canonical_json, digest_of

WORDS = frozenset({"text", "note", "instructions", "evaluation", "reason", "name", "unit", "origin"})
"""The keys of payloads under which the words of the person stand who acts."""

NAMES = frozenset({"to", "missed"})
"""The keys of payloads under which the names of other people stand."""

PERSONAL = WORDS | NAMES
"""The keys of payloads whose values are personal."""

SEALED, ERASED = "sealed", "erased"
"""The only key of what stands in the place of an erased value: its seal, or, before version 3, that it was erased."""

SINCE = 3
"""The first version whose digests cover seals."""

_SECRET_BYTES = 16


def new_secrets(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a fresh secret, in hexadecimal digits, for each personal value of a payload; None where it has none."""
    return {key: secrets.token_bytes(_SECRET_BYTES).hex() for key in sorted(PERSONAL & body.keys())} or None


def seal(secret: str, key: str, value: Any) -> dict[str, str]:  # noqa: ANN401 - whatever JSON can say
    """Return what stands in the place of a value. Raises ValueError for a secret that is not in hexadecimal digits."""
    return {SEALED: digest_of(b"disposisi/seal/3", bytes.fromhex(secret), key.encode(), canonical_json(value)).hex()}


def sealed(body: Mapping[str, Any], kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a payload as its digest covers it: each value of which a secret is `kept` is replaced by its seal.

    Raises ValueError for a secret of no value, and for no secrets where there should be None.
    """
    if kept is None:
        return dict(body)
    if not kept or not kept.keys() <= body.keys():
        raise ValueError("there is a secret for a value that the payload does not have")
    return {**body, **{key: seal(str(secret), key, body[key]) for key, secret in kept.items()}}


def is_gone(value: object) -> bool:
    """Whether this stands in the place of a value that was erased."""
    return isinstance(value, Mapping) and len(value) == 1 and (SEALED in value or value.get(ERASED) is True)


def gone_from(body: Mapping[str, Any]) -> set[str]:
    """Return the keys of a payload whose values were erased."""
    return {key for key, value in body.items() if is_gone(value)}


def legible(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a payload without the values that were erased."""
    return {key: value for key, value in body.items() if not is_gone(value)}


def emptied(
    body: Mapping[str, Any], kept: Mapping[str, Any] | None, keys: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return a payload without the values of `keys`, and the secrets that are left."""
    own = dict(kept or {})
    left = dict(body)
    for key in keys:
        secret = own.pop(key, None)
        left[key] = {ERASED: True} if secret is None else seal(str(secret), key, left[key])
    return left, own or None


def digest_of_rest(body: Mapping[str, Any]) -> str:
    """Return the digest of what is left of a payload from before version 3, as the entry of the erasure tells it."""
    return digest_of(b"disposisi/rest/1", canonical_json(dict(body))).hex()
