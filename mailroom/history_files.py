"""Folders of papers of another system: which files are papers, and keeping their bytes before any row names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ingest.screening import Treatment, screen
from records.blobs import Blobs
from records.moving.history_papers import Belongs, HistoryPaper, Whose

AT_ONCE, BATCH = 8, 64


@dataclass
class Found:
    """Files with their owners, and those that stay out with the reason."""

    papers: list[tuple[Path, str, Belongs]] = field(default_factory=list)
    """The file, its path within its folder, and whose it is."""
    left_out: list[str] = field(default_factory=list)


def look_through(folders: Iterable[Path], whose: Whose, wanted: Callable[[str], bool]) -> Found:
    """Every file of the folders. `wanted` says whether an ECT comes in, or is here already."""
    found = Found()
    for file, path in _files(folders):
        belongs = whose(path)
        if belongs is None:
            found.left_out.append(f"{path}: no ECT's id or TRN is in its name, its folder or the table of assessments")
        elif not wanted(belongs.ect_id):
            found.left_out.append(f"{path}: its ECT does not come in")
        else:
            found.papers.append((file, path, belongs))
    return found


def keep(blobs: Blobs, found: Found, progress: Callable[[int], None]) -> list[HistoryPaper]:
    """The papers with their bytes safe in the store. What is no paper, or dangerous, stays out.

    Several at a time: the disk confirms many files together about as fast as one.
    """
    kept = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        # A few at a time, so that the folder need not fit into memory.
        for start in range(0, len(found.papers), BATCH):
            batch = found.papers[start : start + BATCH]
            for one in threads.map(lambda paper: _keep(blobs, *paper), batch):
                if isinstance(one, HistoryPaper):
                    kept.append(one)
                else:
                    found.left_out.append(one)
            progress(start + len(batch))
    return kept


def _keep(blobs: Blobs, file: Path, path: str, belongs: Belongs) -> HistoryPaper | str:
    """The paper, or why it stays out."""
    content = file.read_bytes()
    seen = screen(content, "", file.name)
    if seen.treatment is not Treatment.READ:
        return f"{path}: {seen.problem or 'it is no paper'}"
    return HistoryPaper(path, blobs.put(content), seen.true_type.value, belongs)


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                yield file, file.relative_to(folder).as_posix()
