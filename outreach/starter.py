"""The example workspace that a newcomer starts from."""

from __future__ import annotations

import shutil
from pathlib import Path

from outreach.errors import InputError

PACKAGE = Path(__file__).parent
SCHEMAS = PACKAGE / "schemas"
MODELINE = "# yaml-language-server: $schema=../schemas/{}.json\n"
"""By which an editor finds the schema of a file."""


def examples() -> Path:
    """Return the folder that holds the example campaigns and templates: in the package, or beside it in a checkout."""
    packed = PACKAGE / "examples"
    return packed if packed.is_dir() else PACKAGE.parent


def unpack(folder: Path) -> list[Path]:
    """Copy the examples into `folder`; return the files written. InputError where one is there already.

    Beside them go the schemas that their first lines name to editors.
    """
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
            _copy(source / file, folder / file)
        _copy_schemas(folder / "schemas")
    except OSError as error:
        raise InputError(f"{folder} can not be written: {error.strerror}") from None
    return files


def _copy(source: Path, target: Path) -> None:
    if source.suffix != ".yaml":
        shutil.copyfile(source, target)
        return
    kind = source.stem if (SCHEMAS / f"{source.stem}.json").exists() else "campaign"
    target.write_text(MODELINE.format(kind) + source.read_text(encoding="utf-8"), encoding="utf-8")


def _copy_schemas(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for schema in sorted(SCHEMAS.glob("*.json")):
        shutil.copyfile(schema, folder / schema.name)
