"""A server that speaks S3, on loopback, in a process of its own: that of moto, or one that S3_URL names."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import httpx

MISSING = "no S3 server, or no boto3: install what requirements/develop.txt pins, or set S3_URL"


def interpreter() -> str | None:
    """Return a Python that has moto's server, None where none is found."""
    for python in (sys.executable, shutil.which("python3")):
        if python is None:
            continue
        # Not with what this process has been given to import.
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run([python, "-c", "import moto.server, flask"], env=bare, capture_output=True, check=False)
        if done.returncode == 0:
            return python
    return None


class Server:
    """A server of moto on a port of its own, which can be stopped and started again; what it held is gone then."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it; returns once it answers."""
        bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._process = subprocess.Popen(
            [self._python, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self._port)],
            env=bare,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _await(self.url, self._process)

    def stop(self) -> None:
        """Kill it, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def served() -> Iterator[str | None]:
    """Give the address of a server, None where there is none."""
    if find_spec("boto3") is None:
        yield None
        return
    if given := os.environ.get("S3_URL"):
        yield given
        return
    python = interpreter()
    if python is None:
        yield None
        return
    server = Server(python)
    try:
        server.start()
        yield server.url
    finally:
        server.stop()


def _free_port() -> int:
    import socket  # noqa: PLC0415 - for this alone

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Return once the server answers."""
    began = time.monotonic()
    while time.monotonic() - began < 30:
        if server.poll() is not None:
            raise RuntimeError("the S3 server has ended")
        try:
            httpx.get(url, trust_env=False, timeout=1)
        except httpx.HTTPError:
            continue
        return
    raise TimeoutError("the S3 server does not answer")
