"""What a fuzzer found: each fault once, as a mail that can be read again."""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path


class Findings:
    """A folder of mails that broke a rule; of those that broke it at one place the shortest is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, raw: bytes, error: BaseException) -> None:
        path = self._folder / f"{_place(error)}.eml"
        if not path.exists() or len(raw) < path.stat().st_size:
            path.write_bytes(raw)
            path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")

    def mails(self) -> list[Path]:
        return sorted(self._folder.glob("*.eml"))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = (
        f"{type(error).__name__}:{frames[-1].filename}:{frames[-1].lineno}"
        if frames
        else type(error).__name__
    )
    words = "".join(letter for letter in str(error)[:40] if letter.isalpha() or letter == " ")
    return hashlib.sha256(f"{where}:{words}".encode()).hexdigest()[:12]
