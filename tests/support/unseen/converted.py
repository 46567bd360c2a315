"""What LibreOffice and a viewer make of unseen papers: OpenDocument, prints, flattened forms."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SOFFICE = shutil.which("soffice")


def convert(files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """The Word files as "pdf", "odt" or "rtf", by the names they came under, in one run of LibreOffice."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, content in enumerate(files.values()):
            (folder / f"{number}.docx").write_bytes(content)
        command = [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
        ]
        subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=600)
        return {one: (folder / f"{number}.{to}").read_bytes() for number, one in enumerate(files)}


def flatten(content: bytes) -> bytes:
    """The form with its fields drawn into the page, as a viewer prints it."""
    with pdfium.PdfDocument(_without_appearances(content)) as document:
        document.init_forms()
        for page in document:
            pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
            page.close()
        flat = io.BytesIO()
        document.save(flat)
        return flat.getvalue()


def _without_appearances(content: bytes) -> bytes:
    """The form with the looks of its text fields left to the viewer, which breaks long texts into lines."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for one in page.obj.get("/Annots", []):
                if one.get("/FT") == "/Tx" and "/AP" in one:
                    del one["/AP"]
        bare = io.BytesIO()
        pdf.save(bare)
        return bare.getvalue()
