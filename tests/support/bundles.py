"""Transfer bundles with other content: damaged, altered, or as if another installation had made them."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(content: bytes, change: Callable[[dict[str, bytes]], None], *, honest: bool) -> bytes:
    """The bundle with other files; `honest`: the manifest says so."""
    files = files_of(content)
    change(files)
    if honest:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = [
            {"path": path, "sha256": hashlib.sha256(one).hexdigest(), "size": len(one)}
            for path, one in files.items()
            if path != "manifest.json"
        ]
        files["manifest.json"] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, one in files.items():
            archive.writestr(path, one)
    return made.getvalue()


def rewritten(content: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The bundle with another ect.json, and a manifest that says so."""

    def rewrite(files: dict[str, bytes]) -> None:
        said = json.loads(files["ect.json"])
        change(said)
        files["ect.json"] = json.dumps(said).encode()

    return repacked(content, rewrite, honest=True)


def from_elsewhere(content: bytes) -> bytes:
    """As if an installation had made it that is not the one of this test: its induction has another id there."""
    elsewhere = str(uuid.uuid4())
    return rewritten(content, lambda said: said["origins"][0].update(id=elsewhere))
