"""Sheets as people have them, and what is read of them and said about it."""

import pytest

from calsync.errors import BadData
from calsync.intake import BadRows, Ways
from calsync.intake.columns import meant
from tests.intake.records import read_bytes

HEAD = "company,role,start\n"
ROW = "Brightwater,Eng,2026-12-10 14:00\n"


def starts(content, **options):
    return [f"{each.start:%Y-%m-%d %H:%M}" for each in read_bytes(content, **options).interviews]


def told(content, **options):
    return "\n".join(map(str, read_bytes(content, **options).notes))


GERMAN = (
    "Firma;Stelle;Datum;Uhrzeit;Ansprechpartner;Telefon\r\n"
    "Lindenhof GmbH;Köchin;13.12.2026;14:00 Uhr;Käthe Größl;030 23125 410\r\n"
    "Lindenhof GmbH;Küchenleitung;10.12.2026;9.30;Käthe Größl;030 23125 410\r\n"
)
ENGLISH = (
    "Company,Position,Interview Date,Interview Time,Interviewer,Salary,Status\n"
    "Brightwater,Eng,12/22/2026,2:00 PM,Iris Bloom,60k,Interviewing\n"
    "Holt,Ops,1/5/2027,9:15 AM,Amit Shah,,Applied\n"
    "Cray & Co,Clerk,,,,,No Response\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_german_sheet_in_any_encoding(encoding):
    reading = read_bytes(GERMAN.encode(encoding))
    assert [each.role for each in reading.interviews] == ["Köchin", "Küchenleitung"]
    assert {each.contact for each in reading.interviews} == {"Käthe Größl"}
    assert starts(GERMAN.encode(encoding)) == ["2026-12-13 14:00", "2026-12-10 09:30"]
    assert ("cp1252" in told(GERMAN.encode(encoding))) is (encoding == "cp1252")


def test_an_english_sheet_says_what_it_assumed():
    assert starts(ENGLISH) == ["2026-12-22 14:00", "2027-01-05 09:15"]
    assert {each.status for each in read_bytes(ENGLISH).interviews} == {"open"}
    said = told(ENGLISH)
    assert "columns left out: 'Salary'" in said
    assert "'Interview Date' is read month first, as 12/22/2026 shows" in said
    assert "1 application without an interview is left out" in said


UNDECIDED = HEAD + "Brightwater,Eng,03/02/2027 14:00\nHolt,Ops,04/05/2027 09:00\n"


def test_a_column_of_slashes_that_nothing_decides_is_refused_with_both_readings():
    with pytest.raises(BadRows) as refused:
        read_bytes(UNDECIDED)
    for part in ("2027-02-03", "2027-03-02", "--dates dmy", "--dates mdy", "2 of 2 rows"):
        assert part in str(refused.value)
    assert len(refused.value.rows[0].faults) == 1


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [("dmy", ["2027-02-03 14:00", "2027-05-04 09:00"]), ("mdy", ["2027-03-02 14:00", "2027-04-05 09:00"])],
)
def test_dates_decides_what_the_column_does_not(dates, wanted):
    assert starts(UNDECIDED, ways=Ways(dates=dates)) == wanted


def test_a_column_that_proves_both_orders_proves_none():
    content = UNDECIDED + "Cray,Clerk,25/03/2027 10:00\nDoe,Clerk,03/25/2027 10:00\n"
    with pytest.raises(BadRows) as refused:
        read_bytes(content)
    assert [row.place for row in refused.value.rows] == ["row 2", "row 3"]


def test_an_order_that_the_column_disproves_refuses_the_rows_that_disprove_it():
    with pytest.raises(BadRows, match="'25/03/2027 10:00' is not month first"):
        read_bytes(UNDECIDED + "Cray,Clerk,25/03/2027 10:00\n", ways=Ways(dates="mdy"))


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("10.12.2026 14:00", "2026-12-10 14:00"),
        ("Do 10.12.2026, 14 Uhr", "2026-12-10 14:00"),
        ("Do., 10. Dezember 2026 um 14:00 Uhr", "2026-12-10 14:00"),
        ("10. Dez. 2026 14.00", "2026-12-10 14:00"),
        ("13/12/2026 2:30pm", "2026-12-13 14:30"),
        ("2026-12-10 14:00 - 15:00", "2026-12-10 14:00"),
        ("2026-12-10T14:00:00", "2026-12-10 14:00"),
        ("Dec 10, 2026 2 PM", "2026-12-10 14:00"),
    ],
)
def test_a_start_in_one_cell(cell, start):
    assert starts(f"company;role;start\nBrightwater;Eng;{cell}\n") == [start]


@pytest.mark.parametrize(
    ("day", "clock", "start"),
    [
        ("2026-12-10", "14:00", "2026-12-10 14:00"),
        ("2026-12-10 00:00:00", "14:00:00", "2026-12-10 14:00"),
        ("10.12.2026", "14 Uhr", "2026-12-10 14:00"),
        ("10 Dec 2026", "2pm - 3pm", "2026-12-10 14:00"),
        ("2026-12-10 14:00", "", "2026-12-10 14:00"),
        ("2026-12-10 14:00", "14:00", "2026-12-10 14:00"),
    ],
)
def test_a_day_and_a_time_in_two_columns_in_any_order(day, clock, start):
    assert starts(f"company;role;Date;Time\nBrightwater;Eng;{day};{clock}\n") == [start]
    assert starts(f"Zeit;company;role;Datum\n{clock};Brightwater;Eng;{day}\n") == [start]


@pytest.mark.parametrize(
    "cell", ["32.12.2026 14:00", "Fr 10.12.2026 14:00", "2/30/2026 14:00", "12/10/26 14:00"]
)
def test_days_that_are_none_are_refused(cell):
    with pytest.raises(BadRows):
        read_bytes(f"company;role;start\nBrightwater;Eng;{cell}\n")


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Firma", "company"), ("Arbeitgeber", "company"), ("Employer Name", "company"), ("Stelle", "role"),
        ("Job Title", "role"), ("Termin", "start"), ("Uhrzeit", "start"), ("Ansprechpartnerin", "contact"),
        ("E-Mail-Adresse", "email"), ("Handy", "phone"), ("Notizen", "notes"), ("Ort", "location"),
        ("Dauer", "minutes"),
        ("Duration (min)", "minutes"),
        ("Phone (mobile)", "phone"),
        ("Time (EST)", ""), ("Bewerbungsstatus", "status"), ("Phase", "status"), ("INTERVIEW DATE", "start"),
    ],
)  # fmt: skip
def test_headers_are_known_by_their_meaning(header, key):
    assert meant(header) == key


@pytest.mark.parametrize(
    ("header", "near"),
    [("rolle", "role"), ("compny", "company"), ("locatoin", "location"), ("Telefn", "phone")],
)
def test_a_slip_of_the_keys_is_refused_with_what_is_meant(header, near):
    with pytest.raises(BadRows) as refused:
        read_bytes(f"company,role,start,{header}\n{ROW}")
    assert f"try {near}" in str(refused.value)
    assert f"--map '{header}=" in str(refused.value)


@pytest.mark.parametrize("header", ["Salary", "Created At", "Xylophone", "Rate", "Next Step", "Date Applied"])
def test_any_other_column_is_left_out_and_named(header):
    content = f"company,role,start,{header}\n{ROW.strip()},x\n"
    assert starts(content) == ["2026-12-10 14:00"]
    assert f"columns left out: '{header}'" in told(content)
    with pytest.raises(BadRows, match=header):
        read_bytes(content, ways=Ways(strict=True))


def test_titles_and_empty_lines_above_the_headers_are_passed_over():
    content = "My job search,,\n\n,Winter 2026,\n" + HEAD + "\n" + ROW
    assert starts(content) == ["2026-12-10 14:00"]
    assert "the headers stand in row 4" in told(content)
    with pytest.raises(BadRows) as refused:
        read_bytes(content + "Holt,Ops,soon\n")
    assert refused.value.rows[0].place == "row 7"


def test_texts_of_one_key_are_joined_and_of_two_phones_the_first_is_taken():
    content = "company,role,start,Notes,Comments,Phone,Mobile\n" + ROW.strip() + ",one,two,,+1 212 555 0142\n"
    (interview,) = read_bytes(content).interviews
    assert (interview.notes, interview.phone) == ("one\ntwo", "+1 212 555 0142")


def test_beside_a_contact_the_interviewer_is_one_of_the_others():
    (interview,) = read_bytes(
        "company,role,start,Contact,Interviewer\n" + ROW.strip() + ",Rosa,Amit\n"
    ).interviews
    assert (interview.contact, [each.name for each in interview.interviewers]) == ("Rosa", ["Amit"])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Iris Bloom, Lena Fox", ["Iris Bloom", "Lena Fox"]),
        ("Iris Bloom; Lena Fox", ["Iris Bloom", "Lena Fox"]),
        ("Fox, Lena", ["Fox, Lena"]),
    ],
)
def test_several_people_in_one_cell(cell, names):
    content = f'company,role,start,Interviewers\n{ROW.strip()},"{cell}"\n'
    assert [each.name for each in read_bytes(content).interviews[0].interviewers] == names


def test_beside_a_contact_a_recruiter_is_left_out():
    content = "company,role,start,Contact,Recruiter\n" + ROW.strip() + ",Rosa,Lena\n"
    assert read_bytes(content).interviews[0].contact == "Rosa"
    assert "columns left out: 'Recruiter'" in told(content)


def test_rows_that_are_refused_say_how_the_file_was_read():
    with pytest.raises(BadRows) as refused:
        read_bytes("company,role,Date,Time (EST)\nBrightwater,Eng,2026-12-10,14:00\n")
    assert "columns left out: 'Time (EST)'" in str(refused.value.remarks[0])


def test_beside_the_day_of_an_interview_a_mere_date_is_another():
    content = "company,role,Date,Interview Date\nBrightwater,Eng,2026-11-01,2026-12-10 14:00\n"
    assert starts(content) == ["2026-12-10 14:00"]
    assert "columns left out: 'Date'" in told(content)


@pytest.mark.parametrize("cell", ["", "TBD", "n/a", "–", "noch offen"])
def test_rows_without_an_interview_are_counted(cell):
    content = HEAD + ROW + f"Holt,Ops,{cell}\nCray,Clerk,\n"
    assert starts(content) == ["2026-12-10 14:00"]
    assert "2 applications without an interview are left out" in told(content)


TRACKERS = [
    (
        "LinkedIn",
        (
            "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n"
            '"3/24/23, 4:11 PM",,,Brightwater,Eng,https://brightwater.example/1,cv.pdf,\n'
        ),
    ),
    (
        "Teal",
        (
            "id,company_name,role,location,url,excitement,source,min_salary,max_salary,salary_currency,salary_pay_period,"
            "added_at,applied_at,follow_up_at,updated_at,archived_at,status,statusName\n"
            "1,Brightwater,Eng,,,3,,,,,,2026-11-01,2026-11-02,,,,x,Applied\n"
        ),
    ),
    (
        "Huntr",
        (
            "createdAt,title,salary,location,url,rootDomain,htmlDescription,deadline,lastMovedAt,boardID,listID,listName,companyId\n"
            "2026-11-01,Eng,,,,brightwater.example,,,,b,l,Applied,c\n"
        ),
    ),
    (
        "Huntr",
        (
            "Employer,Job Title,List,URL,Location,Salary,Date Saved,Notes\nBrightwater,Eng,Applied,,,,2026-11-01,\n"
        ),
    ),
    ("Simplify", "Company,Title,URL,Status,Date Applied\nBrightwater,Eng,,Applied,2026-11-01\n"),
    ("Indeed", "Employer Name,Job Title,Date Applied\nBrightwater,Eng,2026-11-01\n"),
]


@pytest.mark.parametrize(("name", "content"), TRACKERS, ids=lambda each: each[:8])
def test_an_export_is_known_and_its_applications_are_counted(name, content):
    assert starts(content) == []
    assert f"this is an export of {name}" in told(content)
    assert "1 application without an interview is left out" in told(content)


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Interviewing", "open"), ("Interviewed", "open"), ("Applied", "open"), ("Offer", "offer"),
        ("Accepted", "offer"), ("Rejected", "rejected"), ("No Response", "closed"), ("Ghosted", "closed"),
        ("Absage", "rejected"), ("Zusage", "offer"), ("withdrawn", "withdrawn"), ("", "open"), ("On Mars", "open"),
    ],
)  # fmt: skip
def test_stages(stage, status):
    content = f"company,role,start,Stage\n{ROW.strip()},{stage}\n"
    assert read_bytes(content).interviews[0].status == status
    assert ("the stage 'On Mars' is not known" in told(content)) is (stage == "On Mars")


def test_a_stage_that_is_nearly_ours_is_refused():
    with pytest.raises(BadRows, match="try rejected"):
        read_bytes(f"company,role,start,Stage\n{ROW.strip()},rejectd\n")


@pytest.mark.parametrize("number", ["4.91512E+12", "1,21255E+10", "2.12555e9"])
def test_a_phone_number_in_scientific_notation_is_never_stored(number):
    with pytest.raises(BadRows, match="format the column as text"):
        read_bytes(f"company;role;start;phone\nBrightwater;Eng;2026-12-10 14:00;{number}\n")


def test_headers_of_ones_own_are_kept_in_the_settings_and_need_not_be_in_every_file():
    kept = Ways(kept={"Wann genau": "start", "Gehalt": "-"})
    assert starts("company,role,Wann genau\n" + ROW, ways=kept) == ["2026-12-10 14:00"]
    assert starts(HEAD + ROW, ways=kept) == ["2026-12-10 14:00"]


def test_a_map_names_a_header_as_it_stands():
    content = "company,role,Wann genau:\n" + ROW
    assert starts(content, ways=Ways({"Wann genau:": "start"})) == ["2026-12-10 14:00"]


def test_the_numbers_of_rows_need_no_header():
    assert starts(",company,role,start\n0," + ROW + "1," + ROW) == ["2026-12-10 14:00"] * 2
    with pytest.raises(BadRows, match="below no header"):
        read_bytes(",company,role,start\nNoa Stern," + ROW)


def test_a_missing_column_says_how_to_name_it():
    with pytest.raises(BadRows, match="--map 'Besuch=start'"):
        read_bytes("company,role,Besuch\n" + ROW)


def test_utf_8_with_one_broken_byte_is_not_read_as_something_else():
    content = (HEAD + "Größl,Eng,2026-12-10 14:00\nBr").encode() + b"\xff" + b"ight,Eng,2026-12-10 14:00\n"
    with pytest.raises(BadData, match="not UTF-8"):
        read_bytes(content)
