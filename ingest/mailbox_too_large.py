"""What is kept of a message that is too large to be taken: its header with a note in place of its content. Pure."""

from __future__ import annotations

from ingest.mailbox_settings import MailboxSettings

_REPLACED = (b"content-type:", b"content-transfer-encoding:", b"content-disposition:", b"mime-version:")


def note_instead(header: bytes, size: int, settings: MailboxSettings) -> bytes:
    """A letter from the same sender with the same subject that says where the real one lies.

    So it stands in the inbox like any other, a person sees that something is to be done, and its sender is known.
    """
    own = [
        b"MIME-Version: 1.0",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: 8bit",
        b"X-Mailroom-Not-Fetched: too large; size=%d" % size,
    ]
    text = (
        f"This letter has {_megabytes(size)}, and letters of up to {_megabytes(settings.max_bytes)} are taken.\r\n"
        f"It was not fetched. It lies in the folder “{settings.too_large_folder}” of the mailbox “{settings.name}”.\r\n"
        "Please save its forms from there and upload them here, or ask the sender for smaller files.\r\n"
    )
    return b"\r\n".join([*_without_content(header), *own, b"", text.encode()])


def _without_content(header: bytes) -> list[bytes]:
    """The lines of a header, long ones folded as they are, without those that describe a content which is not there."""
    kept: list[bytes] = []
    keeping = True
    for line in header.replace(b"\r\n", b"\n").split(b"\n"):
        if not line.strip():
            break
        if line[:1] not in {b" ", b"\t"}:
            keeping = not line.lower().startswith(_REPLACED)
        if keeping:
            kept.append(line)
    return kept


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
