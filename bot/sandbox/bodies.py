"""The body of a call: a form, JSON or multipart, as parameters and files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qsl

from bot.sandbox.refusals import bad_request
from bot.sandbox.specification import Upload

FORM, JSON, MULTIPART = "application/x-www-form-urlencoded", "application/json", "multipart/form-data"


def read_body(
    content_type: str, body: bytes, values: Mapping[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the parameters and files of a body, with the parameters `values` below them.

    What is neither JSON nor multipart is read as a form. Raises `Refusal`.
    """
    read = dict(values or {})
    kind, _, rest = content_type.partition(";")
    if kind == JSON:
        try:
            decoded = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            raise bad_request("can't parse JSON object") from None
        if not isinstance(decoded, dict):
            raise bad_request("can't parse JSON object")
        return read | decoded, {}
    try:
        if kind == MULTIPART:
            return _multipart(body, rest, read)
        read.update(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return read, {}


def _multipart(body: bytes, rest: str, values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Upload]]:
    boundary = re.search(r'boundary="?([^";]+)', rest)
    if boundary is None:
        raise bad_request("invalid multipart request")
    uploads = {}
    for part in body.split(b"--" + boundary.group(1).encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head)
        name = headers.get_param("name", header="content-disposition")
        filename = headers.get_filename()
        content = content.removesuffix(b"\r\n")
        if filename is None:
            values[str(name)] = content.decode()
        else:
            uploads[str(name)] = Upload(filename, headers.get_content_type(), content)
    return values, uploads
