"""The evidence pack: a ZIP of the annual report, the masked log, the versions in force, and how well it answers."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import resources
from importlib.resources.abc import Traversable
from typing import IO, Any, cast

from bot.base.content import Content
from bot.base.settings import Settings
from bot.reports import annual, log_report
from bot.reports.paper import CellValue, Column, Paper, Report, Request, Section, Table
from bot.reports.plain import write_csv, write_json
from bot.reports.tables import column
from bot.reports.words import say
from bot.storage.database import VIETNAM

_FOLDERS = (
    ("law", "parameters"),
    ("law", ""),
    ("faq", "content/questions"),
    ("faq", "content/referrals"),
    ("faq", "content/smalltalk"),
    ("faq", "content/offtopic"),
)
_NEVER_CHANGES = (1980, 1, 1, 0, 0, 0)


async def write_zip(request: Request, file: IO[bytes]) -> None:
    """Write the pack. The log holds no person, and texts as they were kept: masked."""
    paper = await annual.ANNUAL.make(request)
    log = await log_report.LOG.make(request)
    await asyncio.to_thread(_pack, request, paper, log, file)


def _pack(request: Request, paper: Paper, log: Paper, file: IO[bytes]) -> None:
    from bot.reports.document import as_docx  # the libraries of office files load at the first one
    from bot.reports.workbook import write_xlsx

    year = f"{request.span.since.year}"
    files: Mapping[str, Callable[[IO[bytes]], object]] = {
        f"bao-cao-{year}.docx": lambda to: to.write(as_docx(paper, request.office)),
        f"bao-cao-{year}.xlsx": partial(write_xlsx, paper),
        f"bao-cao-{year}.json": partial(write_json, paper),
        f"nhat-ky-danh-gia-{year}.csv": partial(write_csv, log),
        "phien-ban-noi-dung.csv": partial(write_csv, _versions(request)),
        "ket-qua-thu-cau-hoi.json": lambda to: to.write(_json(evaluation(request.content, request.today))),
    }
    about = say("evidence_about", span=request.span.name, day=f"{request.today:%d/%m/%Y}")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        hashes = [f"{_packed(pack, name, write)}  {name}\n" for name, write in files.items()]
        _packed(pack, "SHA256SUMS", lambda to: to.write("".join(hashes).encode()))
        _packed(pack, "DOC-TRUOC.txt", lambda to: to.write(f"{about}\n".encode()))


def _packed(pack: zipfile.ZipFile, name: str, write: Callable[[IO[bytes]], object]) -> str:
    """Write one file of the pack; its SHA-256."""
    info = zipfile.ZipInfo(name, _NEVER_CHANGES)
    info.compress_type = zipfile.ZIP_DEFLATED
    with pack.open(info, "w", force_zip64=True) as packed:
        hashed = _Hashed(packed)
        write(cast("IO[bytes]", hashed))
    return hashed.digest.hexdigest()


class _Hashed(io.RawIOBase):
    """What is written to a file, and its SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.digest.update(content)
        return self._file.write(content)


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def evaluation(content: Content, on: datetime.date) -> Mapping[str, object]:
    """How the labelled questions that ship with the software are answered; no entry has learnt from them."""
    from bot.evaluation.ask import Questioning
    from bot.evaluation.held_out import held_out

    noon = datetime.datetime.combine(on, datetime.time(12), VIETNAM)
    return Questioning(Settings(), lambda: noon, content).evaluate(held_out(), time.perf_counter).report


def _versions(request: Request) -> Paper:
    """Every parameter and entry in force, with the SHA-256 of its file and when it was and is to be reviewed."""
    law, library = request.content.law, request.content.library
    reviews: dict[str, tuple[CellValue, CellValue]] = {}
    for parameter in law.parameters:
        reviews[f"law/parameters/{parameter.name}.yaml"] = (str(parameter.checked), str(parameter.review_by))
    for entry in library:
        if entry.reviewed is not None:
            reviews[f"faq/content/questions/{entry.id}.yaml"] = (str(entry.reviewed), str(entry.review_by))
    rows = tuple((name, digest, *reviews.get(name, (None, None))) for name, digest in sorted(_shipped()))
    columns: tuple[Column, ...] = tuple(column(key, "text") for key in ("file", "sha256", "reviewed", "review_by"))
    table = Table("versions", say("table_versions"), columns, rows)
    return Paper("versions", say("table_versions"), request.span, request.today, (Section("", (), (table,)),), ())


def versions() -> dict[str, str]:
    """Every file of the law and the answers → its SHA-256."""
    return dict(sorted(_shipped()))


def _shipped() -> Iterator[tuple[str, str]]:
    """The files of the law and the answers, each with its SHA-256."""
    for package, folder in _FOLDERS:
        held: Traversable = resources.files(package) / folder if folder else resources.files(package)
        for found in held.iterdir():
            if found.name.endswith(".yaml"):
                name = "/".join(part for part in (package, folder, found.name) if part)
                yield name, _sha256(found.read_bytes())


EVIDENCE = Report("evidence", annual.ANNUAL.make, ("zip",))
