"""Compiles the catalogues of words (`django.po` → `django.mo`) with Babel, so that starting needs
no gettext on the machine. `python -m config.catalogues` does it by hand; tests do it first."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path = LOCALE_DIR) -> list[Path]:
    """Compile what is newer than its compiled form; the compiled files written.

    Raises babel's PoFileError where a catalogue cannot be read.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        part.replace(target)  # a reader never meets half a catalogue
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
