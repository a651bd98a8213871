import pytest

from calsync.errors import BadData, Usage
from calsync.intake import BadRows, Ways
from tests.intake.records import read_bytes

ROW = "Acme,PM,2026-11-24 14:00\n"
HEAD = "company,role,start\n"


def companies(content, **options):
    return [interview.company for interview in read_bytes(content, **options).interviews]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom"])
def test_a_spreadsheet_of_any_kind_reads_the_same(separator, end, encoding):
    rows = ["company|role|start|notes", 'Größl & "Söhne"|PM|2026-11-24 14:00|"one; two, three"', ""]
    rows[1] = rows[1].replace('Größl & "Söhne"', '"Größl & ""Söhne"""')
    content = end.join(rows).replace("|", separator)
    content = (
        b"\xff\xfe" + content.encode("utf-16-le") if encoding.endswith("bom") else content.encode(encoding)
    )
    (interview,) = read_bytes(content).interviews
    assert (interview.company, interview.notes) == ('Größl & "Söhne"', "one; two, three")


def test_the_line_that_names_the_separator_is_no_row():
    assert companies("sep=;\r\ncompany;role;start\r\nAcme, Inc.;PM;2026-11-24 14:00\r\n") == ["Acme, Inc."]


def test_separators_inside_quotes_do_not_count():
    content = '"company";role;start;"said, asked, heard, felt, seen"\nAcme;PM;2026-11-24 14:00;"a,b"\n'
    (interview,) = read_bytes(content, headers={"said, asked, heard, felt, seen": "notes"}).interviews
    assert interview.notes == "a,b"


def test_a_quoted_cell_may_hold_line_breaks():
    content = HEAD.strip() + ',notes\nAcme,PM,2026-11-24 14:00,"one\r\ntwo"\n'
    assert read_bytes(content).interviews[0].notes == "one\ntwo"


def test_blank_lines_and_rows_of_nothing_are_skipped_and_counted():
    content = HEAD + "\n , ,\n,,\n" + ROW + "\n,,03/04/2026\n"
    with pytest.raises(BadRows) as refused:
        read_bytes(content)
    assert {row.place for row in refused.value.rows} == {"row 7"}


def test_rows_are_numbered_as_a_spreadsheet_shows_them_whatever_lines_they_take():
    content = (
        HEAD.strip() + ',notes,felt\nAcme,PM,2026-11-24 14:00,"a\nb\nc",\nAcme,PM,2026-11-24 14:00,,bad\n'
    )
    with pytest.raises(BadRows, match="bad") as refused:
        read_bytes(content)
    assert (
        str(refused.value)
        == "jobs.csv, row 3, felt: 'bad' is not how it felt; use good or poor. (CS-REC-010)"
    )


def test_short_rows_and_empty_cells_are_not_given():
    (interview,) = read_bytes("company,role,start,felt,notes\n" + ROW).interviews
    assert (interview.felt, interview.notes) == (None, "")


def test_empty_columns_without_a_header_are_passed_over():
    assert companies("company,role,start,,\n" + ROW + "Acme,PM,2026-11-24 14:00,,\n") == ["Acme", "Acme"]


def test_headers_do_not_mind_case_spaces_and_underscores():
    assert companies("COMPANY,Role , Start,Contact Role,TIME_ZONE\nAcme,PM,2026-11-24 14:00,hr,UTC\n") == [
        "Acme"
    ]


def test_common_spreadsheet_headers_are_recognised_and_said():
    reading = read_bytes(
        "Employer,Job title,Interview date,Time zone,E-mail,Phone number,Contact name,Duration\n"
        "Acme,PM,2026-11-24 14:00,Europe/Paris,a@example.com,+1 212-555-0142,Ana,30\n"
    )
    (interview,) = reading.interviews
    assert (interview.company, interview.role, interview.minutes) == ("Acme", "PM", 30)
    assert (interview.timezone, interview.email, interview.contact) == (
        "Europe/Paris",
        "a@example.com",
        "Ana",
    )
    assert interview.phone == "+1 212-555-0142"
    assert reading.recognised == {
        "Employer": "company",
        "Job title": "role",
        "Interview date": "start",
        "Phone number": "phone",
        "Contact name": "contact",
        "Duration": "minutes",
    }


def test_map_says_which_key_a_header_is_and_leaves_columns_out():
    reading = read_bytes(
        "Firma,role,Wann,Gehalt\nAcme,PM,2026-11-24 14:00,much\n",
        headers={"Firma": "company", "Wann": "start", "Gehalt": ""},
    )
    assert reading.interviews[0].company == "Acme"
    assert not reading.recognised


def test_a_cell_is_text_whatever_a_spreadsheet_would_make_of_it():
    content = HEAD.strip() + ",notes\n'Acme,=1+1,2026-11-24 14:00,@SUM(A1)\n"
    (interview,) = read_bytes(content).interviews
    assert (interview.company, interview.role, interview.notes) == ("'Acme", "=1+1", "@SUM(A1)")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "",
            "jobs.csv: it does not begin with a row of headers; begin with a line like company,role,start. (CS-CSV-001)",
        ),
        (
            "company,role,start,locatoin\n" + ROW,
            "jobs.csv, row 1: no key is called 'locatoin'; try location, or say what it is: --map 'locatoin=location'; --map 'locatoin=' leaves the column out. (CS-CSV-002)",
        ),
        (
            "company,role,start,Firma\n" + ROW,
            (
                "jobs.csv, row 1, company: the columns 'company' and 'Firma' both mean company; "
                "put them in one, or --map 'Firma=' leaves one out. (CS-CSV-003)"
            ),
        ),
        (
            "company,role\nAcme,PM\n",
            "jobs.csv, row 1, start: there is no column start; add it, or say which it is: --map 'Header=start'. (CS-CSV-004)",
        ),
        (
            HEAD + ROW + 'Acme,"PM,2026-11-24 14:00\nAcme,PM,2026-11-24 14:00\n',
            (
                "jobs.csv, row 3: the double quotes do not pair up; "
                'close each cell that begins with a quote, and write "" for a quote inside. (CS-CSV-005)'
            ),
        ),
        (
            HEAD + '"Acme" Inc,PM,2026-11-24 14:00\n',
            (
                "jobs.csv, row 2: the double quotes do not pair up; "
                'close each cell that begins with a quote, and write "" for a quote inside. (CS-CSV-005)'
            ),
        ),
        (
            HEAD + ROW + "A" * 131_073 + ",PM,2026-11-24 14:00\n",
            (
                "jobs.csv, row 3: a cell is longer than 131,072 characters; "
                "shorten it, or close a quote before it. (CS-CSV-006)"
            ),
        ),
        (
            HEAD + ROW + "Acme, Inc.,PM,2026-11-24 14:00\n",
            (
                "'2026-11-24 14:00' in column 4 is below no header; "
                "put texts with separators or line breaks in double quotes. (CS-CSV-007)"
            ),
        ),
        (
            "company,role,start,\nAcme,PM,2026-11-24 14:00,what\n",
            (
                "jobs.csv, row 2: 'what' in column 4 is below no header; "
                "put texts with separators or line breaks in double quotes. (CS-CSV-007)"
            ),
        ),
        (
            HEAD + "x" * 1_000_001,
            "jobs.csv: line 2 is longer than 1,000,000 characters; check that it is the right file. (CS-INP-016)",
        ),
        (
            "co\0mpany,role,start\n",
            "jobs.csv: it holds NUL characters, so it is no text; save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8). (CS-CSV-009)",
        ),
        (
            HEAD + "Ac\0me,PM,2026-11-24 14:00\n",
            "jobs.csv, row 2, company: 'Ac\\x00me' holds a NUL character; take it out. (CS-REC-018)",
        ),
        (
            HEAD.encode() + b"Acme,PM,2026-11-24 14:00\nGr\x81\xdfl,PM,2026-11-24 14:00\n",
            "jobs.csv: line 3, byte 3 (0x81) is not UTF-8; save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8). (CS-INP-015)",
        ),
        (
            b"\xff\xfe" + HEAD.encode("utf-16-le") + b"A",
            "jobs.csv: it is not whole UTF-16; save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8). (CS-INP-015)",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_the_place_and_a_remedy(content, message):
    with pytest.raises(BadData) as refused:
        read_bytes(content)
    assert message in str(refused.value)


def test_every_header_that_nobody_knows_is_named():
    with pytest.raises(BadRows) as refused:
        read_bytes("company,role,start,Salary,Mood\n" + ROW, skip_bad=True, ways=Ways(strict=True))
    assert [fault.value for fault in refused.value.rows[0].faults] == ["'Salary'", "'Mood'"]


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Date": "strat"}, "--map 'Date=strat': there is no key 'strat'; try start. (CS-USE-014)"),
        (
            {"Wann": "start"},
            "--map 'Wann': no file has that header; write it as it stands in the first row of the file. (CS-USE-015)",
        ),
    ],
)
def test_a_map_that_fits_nothing_is_refused(headers, message):
    with pytest.raises(Usage) as refused:
        read_bytes(HEAD + ROW, headers=headers)
    assert str(refused.value) == message


def test_a_thousand_columns_are_too_many():
    with pytest.raises(BadData, match="it has more than 1,000 columns; leave at most 1,000"):
        read_bytes("c," * 1000 + "c\n")
