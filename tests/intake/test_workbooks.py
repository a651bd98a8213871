"""Workbooks as Excel and LibreOffice save them: the sheet with interviews is found, its cells are read as they look."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from calsync.errors import BadData, Usage
from tests.intake.records import read_bytes

WORKBOOKS = Path(__file__).parents[2] / "fixtures" / "sheets"


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_a_workbook_of_several_sheets(form):
    reading = read_bytes((WORKBOOKS / f"workbook.{form}").read_bytes(), form=form)
    first, second = reading.interviews
    assert [f"{each.start:%Y-%m-%d %H:%M}" for each in (first, second)] == [
        "2026-12-22 14:00",
        "2027-01-05 09:15",
    ]
    assert (first.company, first.role, first.contact, first.phone) == (
        "Brightwater",
        "Eng",
        "Iris Bloom",
        "12125550142",
    )
    said = "\n".join(map(str, reading.notes))
    assert "the sheet Interviews is read; the headers stand in row 3" in said
    assert "columns left out: 'Salary'" in said
    assert "1 application without an interview is left out" in said


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    "content", [b"", b"company,role,start\n", b"PK\x03\x04" + b"x" * 99, b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_workbook_is_said(form, content):
    with pytest.raises(BadData, match="this is no workbook"):
        read_bytes(content, form=form)


def test_a_workbook_that_unpacks_to_more_than_fits_is_refused_unread():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file, file.open("xl/a.xml", "w") as part:
        for _ in range(301):
            part.write(bytes(1_000_000))
    with pytest.raises(BadData, match="larger than calsync reads at once"):
        read_bytes(packed.getvalue(), form="xlsx")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Usage, match=r'pip install "calsync\[excel\]"'):
        read_bytes((WORKBOOKS / "workbook.xlsx").read_bytes(), form="xlsx")
