"""The example workspace that a newcomer starts from."""

from __future__ import annotations

import shutil
from pathlib import Path

from outreach.errors import InputError

PACKAGE = Path(__file__).parent


def examples() -> Path:
    """Return the folder that holds the example campaigns and templates: in the package, or beside it in a checkout."""
    packed = PACKAGE / "examples"
    return packed if packed.is_dir() else PACKAGE.parent


def unpack(folder: Path) -> list[Path]:
    """Copy the examples into `folder`; return the files written. InputError where one is there already."""
    source = examples()
    files = [
        file.relative_to(source)
        for part in ("campaigns", "templates")
        for file in sorted((source / part).rglob("*"))
        if file.is_file()
    ]
    if taken := next((file for file in files if (folder / file).exists()), None):
        raise InputError(f"{folder / taken} is there already; nothing was written: choose an empty folder")
    try:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file, folder / file)
    except OSError as error:
        raise InputError(f"{folder} can not be written: {error.strerror}") from None
    return files
