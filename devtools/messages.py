"""The Indonesian catalogue: collect what the product says, take in translations, compile, check.

    python -m devtools.messages                 collect, report what is missing
    python -m devtools.messages --merge DIR     take in the translations of DIR/*.po first
    python -m devtools.messages --prune         forget translations nothing uses any more
    python -m devtools.messages --check         write nothing; exit 1 on any fault

Without --check both files are written: django.po, sorted and without line numbers, and django.mo.
Python is read by its syntax tree and templates by Django's own lexer, so no gettext is needed.
"""

import argparse
import ast
import fcntl
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "ekinerja" / "locale" / "id" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
BORROWED = ROOT / "ekinerja" / "locale" / "borrowed.pot"
LEFT_OUT = {".git", ".venv", "var", "tests", "migrations", "devtools", "staticfiles", "docs", "node_modules"}
HEADER = {
    "Project-Id-Version": "E-Kinerja",
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# The positions of context, message and plural among the arguments.
CALLS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALLS |= {f"{name}_lazy": places for name, places in CALLS.items()}
CALLS |= {"_": CALLS["gettext"], "gettext_noop": CALLS["gettext"]}
LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(n?p?gettext|_)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?(?:\s*,\s*({LITERAL}))?"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Words that are the same in both languages; anything else that stays English was forgotten.
SAME_WORDS = set(
    """
    404 Administrator administrator ASN Bonus bonus Bruto CPNS CSV Data English Final final NIP non-ASN Normal
    Plh Plt PNS PPPK Rp Rupiah SHA-256 SKB Status status Total WIB WIT WITA XLSX
    """.split()
)


class Message(NamedTuple):
    """What identifies a message in a catalogue."""

    context: str | None
    text: str


class Use(NamedTuple):
    plural: str | None
    file: str


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files that speak to people, in a fixed order."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(set(below) - LEFT_OUT)
        for name in sorted(names):
            if name.endswith((".py", ".html", ".txt")) and (name.endswith(".py") or "templates" in folder):
                yield Path(folder) / name


def collect(files: Iterable[Path], root: Path = ROOT) -> dict[Message, list[Use]]:
    """Return every message of `files` with its uses."""
    found = defaultdict(list)
    for path in files:
        source = path.read_text(encoding="utf-8")
        calls = python_calls(source) if path.suffix == ".py" else template_calls(source)
        for name, arguments in calls:
            context, text, plural = (None if at is None else arguments[at] for at in CALLS[name])
            if text is not None:
                found[Message(context, text)].append(Use(plural, path.relative_to(root).as_posix()))
    return found


def python_calls(source: str) -> Iterator[tuple[str, list[str | None]]]:
    """Yield the translation calls of a module with three arguments each, None where it is no plain string."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in CALLS:
                values = [argument.value if is_text(argument) else None for argument in node.args]
                yield name, [*values, None, None][: max(3, len(values))]


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def template_calls(source: str) -> Iterator[tuple[str, list[str | None]]]:
    """Yield the messages of a template in the same shape."""
    for name, *literals in TEMPLATE_CALL.findall(templatize(source)):
        yield name, [ast.literal_eval(literal) if literal else None for literal in literals]


def key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or None, entry.msgid)


def borrowed() -> dict[Message, list[Use]]:
    """Return messages of Django and allauth that we word ourselves."""
    return {
        key(entry): [Use(entry.msgid_plural or None, BORROWED.relative_to(ROOT).as_posix())]
        for entry in (polib.pofile(str(BORROWED)) if BORROWED.exists() else [])
    }


def wanted() -> dict[Message, list[Use]]:
    return borrowed() | collect(sources())


def translation(entry: polib.POEntry) -> str:
    """Return the one Indonesian wording: Indonesian has no plural form."""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def known(folder: Path | None) -> dict[Message, str]:
    """Return the translations we have; those of `folder` win over those of the catalogue."""
    files = ([PO] if PO.exists() else []) + (sorted(folder.glob("*.po")) if folder else [])
    entries = [entry for path in files for entry in polib.pofile(str(path), encoding="utf-8")]
    return {
        key(entry): text
        for entry in entries
        if (text := translation(entry) or entry.msgstr) and not entry.fuzzy
    }


def catalogue(
    uses: dict[Message, list[Use]], texts: dict[Message, str], *, prune: bool = False
) -> polib.POFile:
    """Return the catalogue of what is used, then, unless pruned, what is known and not used."""
    po = polib.POFile(wrapwidth=100)
    po.metadata = HEADER
    for message in sorted(uses, key=lambda message: (message.text, message.context or "")):
        po.append(entry_for(message, uses[message], texts.get(message, "")))
    unused = (
        []
        if prune
        else sorted(set(texts) - set(uses), key=lambda message: (message.text, message.context or ""))
    )
    for message in unused:
        po.append(
            polib.POEntry(msgctxt=message.context, msgid=message.text, msgstr=texts[message], obsolete=True)
        )
    return po


def entry_for(message: Message, uses: list[Use], text: str) -> polib.POEntry:
    plural = next((use.plural for use in uses if use.plural), "")
    entry = polib.POEntry(msgctxt=message.context, msgid=message.text, msgid_plural=plural)
    entry.occurrences = [(file, "") for file in sorted({use.file for use in uses})]
    if re.search(r"%\(\w+\)[sd]|%[sd]", message.text):
        entry.flags = ["python-format"]
    if plural:
        entry.msgstr_plural = {0: text}
    else:
        entry.msgstr = text
    return entry


def faults(po: polib.POFile, uses: dict[Message, list[Use]]) -> list[str]:
    """Return what is wrong with the wording, one sentence each."""
    entries = {key(entry): entry for entry in po if not entry.obsolete}
    missing = [f"missing: {message.text!r}" for message in uses if message not in entries]
    unused = [f"not used: {message.text!r}" for message in entries if message not in uses]
    unused += [f"not used: {entry.msgid!r}" for entry in po.obsolete_entries()]
    return missing + unused + [fault for entry in entries.values() for fault in faults_of(entry)]


def faults_of(entry: polib.POEntry) -> list[str]:
    text = translation(entry)
    if not text:
        return [f"not translated: {entry.msgid!r} ({', '.join(file for file, _line in entry.occurrences)})"]
    found = []
    if entry.fuzzy:
        found.append(f"fuzzy: {entry.msgid!r}")
    if text == entry.msgid and text not in SAME_WORDS:
        found.append(f"same as the English: {entry.msgid!r}")
    allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    if (used := set(PLACEHOLDER.findall(text))) - allowed or set(
        PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)
    ) - used:
        found.append(f"other placeholders: {entry.msgid!r}: {text!r}")
    return found


def stale_files() -> list[str]:
    """Say whether django.mo is something else than the compiled django.po."""
    if not MO.exists() or MO.read_bytes() != polib.pofile(str(PO)).to_binary():
        return ["django.mo is not the compiled django.po: run `python -m devtools.messages`"]
    return []


def check() -> list[str]:
    """Return all faults of the committed catalogue."""
    if not PO.exists():
        return ["there is no catalogue"]
    return faults(polib.pofile(str(PO)), wanted()) + stale_files()


def write(folder: Path | None, *, prune: bool) -> list[str]:
    """Write both files and return the faults left."""
    with locked():
        uses = wanted()
        po = catalogue(uses, known(folder), prune=prune)
        po.save(str(PO))
        MO.write_bytes(polib.pofile(str(PO)).to_binary())
    return faults(po, uses)


@contextmanager
def locked():
    """Let one process at a time read and write the catalogue."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m devtools.messages", description=__doc__.splitlines()[0])
    parser.add_argument("--merge", type=Path, metavar="DIR", help="take in the translations of DIR/*.po")
    parser.add_argument("--prune", action="store_true", help="forget translations nothing uses any more")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on any fault")
    parser.add_argument("--compile", action="store_true", help="write both files (the default)")
    asked = parser.parse_args()
    found = check() if asked.check else write(asked.merge, prune=asked.prune)
    for fault in found:
        print(fault)
    print(
        f"{len(found)} faults in the Indonesian catalogue"
        if found
        else "The Indonesian catalogue is complete."
    )
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
