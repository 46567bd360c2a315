"""Files like the government's register of schools, with invented schools."""

from __future__ import annotations

import csv
import io

ROW = {
    "URN": "100001",
    "LA (code)": "823",
    "LA (name)": "Example Council",
    "EstablishmentNumber": "4001",
    "EstablishmentName": "Harrowgill Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1999",
    "CloseDate": "",
    "UKPRN": "10012345",
    "Town": "Ashby",
    "Postcode": "AB1 2CD",
}


def register_file(*changes: dict[str, str], encoding: str = "iso-8859-1") -> io.BytesIO:
    """A register with a row for each of `changes`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(ROW))
    writer.writeheader()
    writer.writerows({**ROW, **change} for change in changes)
    return io.BytesIO(text.getvalue().encode(encoding))


def links_file(*rows: tuple[str, str, str, str]) -> io.BytesIO:
    """A links file: URN, LinkURN, LinkType, LinkEstablishedDate of each row."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"])
    writer.writerows([urn, other, "Somewhere", kind, day] for urn, other, kind, day in rows)
    return io.BytesIO(text.getvalue().encode("iso-8859-1"))
