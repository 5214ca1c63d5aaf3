"""An archive in a bucket of any server that speaks S3: each content is an object under its digest.

The server makes an object visible only once it is whole, so that nothing half is ever found.
"""

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from pydantic import SecretStr

from bot.archive.contents import ArchiveFailed, Damaged, Missing, checked, digest_of, is_digest, sound

_GONE = {"NoSuchKey", "404", "NotFound"}
"""What servers call an object that is not there."""

_REGION = "us-east-1"
"""What requests are signed for where no region is named; servers of one's own take it."""


class Bucket:
    """An archive in the bucket `bucket`, each object's key beginning with `prefix`.

    `endpoint` is the address of the server, None for Amazon's. Without `key_id` and `secret`, boto3 looks for them
    where it always does. Raises `ArchiveFailed` where boto3 is not installed.
    """

    def __init__(
        self, bucket: str, prefix: str, *, endpoint: str | None, key_id: str | None, secret: SecretStr | None
    ) -> None:
        if find_spec("boto3") is None:
            raise ArchiveFailed("ARCHIVE is a bucket, which needs boto3: pip install 'disposisi[s3]'.")
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._endpoint = endpoint
        self._key_id = key_id
        self._secret = secret

    @property
    def name(self) -> str:
        """The bucket and the prefix."""
        return f"s3://{self._bucket}/{self._prefix}"

    def put(self, content: bytes) -> str:
        """Keep `content`, see `Archive.put`."""
        digest = digest_of(content)
        try:
            self.read(digest)
        except (Missing, Damaged):
            # The server refuses what was damaged on its way.
            check = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
            self._call("put_object", digest, Body=content, ContentMD5=check, ContentType="application/octet-stream")
        return digest

    def read(self, digest: str) -> bytes:
        """Return a content, see `Archive.read`."""
        with self._explaining(digest):
            content: bytes = self._client.get_object(Bucket=self._bucket, Key=self._key(digest))["Body"].read()
        return sound(digest, content)

    def holds(self, digest: str) -> bool:
        """Whether there is a content, see `Archive.holds`."""
        try:
            self._call("head_object", digest)
        except Missing:
            return False
        return True

    def erase(self, digest: str) -> None:
        """Remove a content, see `Archive.erase`."""
        self._call("delete_object", digest)

    def digests(self) -> Iterator[str]:
        """Go through all contents, see `Archive.digests`. A server lists keys in their order."""
        with self._explaining():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
            for page in pages:
                names = (str(one["Key"]).rpartition("/")[2] for one in page.get("Contents", ()))
                yield from (name for name in names if is_digest(name))

    def tidy(self, *, at: datetime) -> None:
        """Do nothing: what was not finished is not there."""

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - boto3 makes its clients' methods at run time
        import boto3  # noqa: PLC0415 - an extra: only who keeps files in a bucket has it
        from botocore.config import Config  # noqa: PLC0415 - as above

        session = boto3.session.Session()
        return session.client(
            "s3",
            endpoint_url=self._endpoint,
            region_name=session.region_name or _REGION,
            aws_access_key_id=self._key_id,
            aws_secret_access_key=None if self._secret is None else self._secret.get_secret_value(),
            config=Config(
                connect_timeout=10,
                read_timeout=60,
                retries={"max_attempts": 3, "mode": "standard"},
                s3={"addressing_style": "auto" if self._endpoint is None else "path"},
                # Checksums of a newer kind are refused by many servers that are not Amazon's.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def _call(self, method: str, digest: str, **more: object) -> None:
        with self._explaining(digest):
            call: Callable[..., object] = getattr(self._client, method)
            call(Bucket=self._bucket, Key=self._key(digest), **more)

    def _key(self, digest: str) -> str:
        return f"{self._prefix}{checked(digest)[:2]}/{digest}"

    @contextmanager
    def _explaining(self, digest: str = "") -> Iterator[None]:
        """Raise `Missing` for a content that is not there, `ArchiveFailed` without a secret for all else."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above

        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if digest and code in _GONE:
                raise Missing(digest) from None
            raise ArchiveFailed(f"{self.name} cannot be used (the server says {code}).") from None
        except BotoCoreError as error:
            raise ArchiveFailed(f"{self.name} cannot be used ({type(error).__name__}).") from None
