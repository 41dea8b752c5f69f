"""The wheel holds all that the program needs, and makes a workspace far away from any checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "outreach"
EXAMPLES = ("campaigns", "templates")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "-q"]
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, "-w", str(folder), str(ROOT)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("outreach-*.whl")
    return file


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as files:
        return set(files.namelist())


def _files(folder: Path) -> set[str]:
    found = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return {name for name in found if "__pycache__" not in name}


def test_the_wheel_holds_every_file_of_the_package_and_the_examples(names: set[str]) -> None:
    wanted = {f"outreach/{name}" for name in _files(PACKAGE)}
    for part in EXAMPLES:
        wanted |= {f"outreach/examples/{part}/{name}" for name in _files(ROOT / part)}
    packed = {name for name in names if name.startswith("outreach/")}
    assert packed == wanted


@pytest.mark.parametrize(
    "name",
    [
        "outreach/py.typed",
        "outreach/examples/campaigns/funnel.yaml",
        "outreach/examples/templates/layout.html",
        "outreach/examples/templates/notes/handoff.md",
        "outreach/migrations/env.py",
        "outreach/migrations/versions/0001_first_tables.py",
        "outreach/schemas/campaign.json",
        "outreach/web/templates/base.html",
        "outreach/web/static/outreach.css",
    ],
)
def test_the_wheel_holds(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_brings_the_licence_and_the_command(wheel: Path, names: set[str]) -> None:
    (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
    assert f"{info}/licenses/LICENSE" in names
    with zipfile.ZipFile(wheel) as files:
        assert "outreach = outreach.cli:main" in files.read(f"{info}/entry_points.txt").decode()


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """The wheel unpacked, as an installation would do it; dependencies are those of this environment."""
    folder = tmp_path / "site-packages"
    with zipfile.ZipFile(wheel) as files:
        files.extractall(folder)
    return folder


def test_the_wheel_makes_a_workspace_and_a_database_with_its_own_files(
    installed: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    where = _run(installed, elsewhere, "-c", "import outreach; print(outreach.__file__)")
    assert Path(where.strip()) == installed / "outreach" / "__init__.py"
    # What only the wheel has shows that its examples were used, and not those of the checkout.
    (installed / "outreach" / "examples" / "templates" / "only-here.md").write_text("Packed.\n")
    _run(installed, elsewhere, "-m", "outreach", "init", "shop")
    shop = elsewhere / "shop"
    for part in EXAMPLES:
        packed = _files(installed / "outreach" / "examples" / part)
        assert _files(shop / part) == packed
        assert packed - {"only-here.md"} == _files(ROOT / part)
    (shop / "templates" / "only-here.md").unlink()
    assert "7 campaigns, no problem" in _run(installed, shop, "-m", "outreach", "check")
    assert "suspect-education" in _run(installed, shop, "-m", "outreach", "apply")
    assert _run(installed, shop, "-m", "outreach", "--version").startswith("outreach ")


def _run(installed: Path, cwd: Path, *arguments: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
