"""Where the programs of a PostgreSQL server lie on this machine."""

import os
import shutil
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
_NEEDED = ("initdb", "postgres", "pg_basebackup")


def find_binaries() -> Path | None:
    """Return the folder with `initdb`, `postgres` and `pg_basebackup`; None where there is none.

    Looked for in `PG_BIN` where it is set, then on the PATH, then where Debian puts them, the newest version first.
    """
    given = os.environ.get("PG_BIN")
    if given:
        return Path(given)
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    versions = [folder for folder in _DEBIAN.glob("*") if folder.name.isdigit()]
    candidates += [folder / "bin" for folder in sorted(versions, key=lambda folder: int(folder.name), reverse=True)]
    return next((folder for folder in candidates if all((folder / name).exists() for name in _NEEDED)), None)
