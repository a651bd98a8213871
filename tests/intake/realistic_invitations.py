"""Sixty invitations as a dozen producers send them in six languages, and what a person reads in each.

A row is ``(producer, language, lines, told)``: the lines that differ from a plain
event, and what is right for company, role, contact (with the address), phone and
link; a key that is missing means that nothing is right there but nothing. A
tuple holds all that a person would accept.
"""

from typing import Any

ROBIN = "ATTENDEE;CN=Robin Vale:mailto:robin.vale@mail.example"
ME = "ATTENDEE;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:robin.vale@mail.example"
ZOOM_TAIL = (
    r"\n\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/85012345678?pwd=abc\n\nMeeting ID: 850 1234 5678\n"
    r"Passcode: 123456\n\n---\n\nOne tap mobile\n+16465588656\,\,85012345678# US (New York)\n\n"
    r"Dial by your location\n• +1 646 558 8656 US (New York)\n• +1 312 626 6799 US (Chicago)\n"
    r"Find your local number: https://us02web.zoom.us/u/kdh"
)
ZOOM = "https://us02web.zoom.us/j/85012345678?pwd=abc"
TEAMS_TAIL = (
    r"\n________________\nMicrosoft Teams meeting\nJoin on your computer\, mobile app or room device\n"
    r"Click here to join the meeting<https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=%7b%7d>\n"
    r"Meeting ID: 312 456 789 01\nPasscode: aBcDeF\nOr call in (audio only)\n+1 323-555-0100\,\,456789123#   United States\n"
    r"Phone Conference ID: 456 789 123#\nFind a local number<https://dialin.teams.microsoft.com/1> | Reset PIN"
)
TEAMS = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=%7b%7d"
MEET = "https://meet.google.com/abc-defg-hij"
MEET_TAIL = (
    r"\n\n-::~:~::~:~:~:~::~:~::-\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\n"
    r"Or dial: (US) +1 385-325-0123 PIN: 123456789#\nMore phone numbers: https://tel.meet/abc-defg-hij?pin=1\n-::~:~::-"
)

Row = tuple[str, str, list[str], dict[str, Any]]


def _row(producer: str, language: str, lines: list[str], /, **told: Any) -> Row:
    return producer, language, lines, told


def _who(name: str, address: str, kind: str = "ORGANIZER") -> str:
    return f"{kind};CN={name}:mailto:{address}"


def _also(name: str, address: str) -> str:
    return _who(name, address, "ATTENDEE")


ROSA = _who("Rosa Klein", "rosa.klein@brightwater.example")
AMIT = _also("Amit Shah", "amit.shah@brightwater.example")
LENA = _also("Lena Fox", "lena.fox@brightwater.example")
BY_ROSA = {"contact": "Rosa Klein", "email": "rosa.klein@brightwater.example"}

ROWS: list[Row] = [
    # --- English ---
    _row("Google", "en", ["SUMMARY:Interview: Registered Nurse at Brightwater", ROSA, ROBIN, AMIT,
         f"X-GOOGLE-CONFERENCE:{MEET}", "DESCRIPTION:Hi Robin\\, looking forward!" + MEET_TAIL],
         company="Brightwater", role="Registered Nurse", url=MEET, **BY_ROSA),
    _row("Google", "en", ["SUMMARY:Brightwater - Phone Screen - Robin Vale", ROSA, ROBIN,
         r"DESCRIPTION:Role: Data Analyst\nI'll call you at +1 212 555 0133.\n\nRosa Klein\nTalent Partner\n+1 (212) 555-0172"],
         company="Brightwater", role="Data Analyst", phone="+1 212-555-0172", **BY_ROSA),
    _row("Google", "en", ["SUMMARY:Robin Vale <> Brightwater: Product Designer\\, Portfolio review", ROSA, ROBIN, AMIT, LENA,
         "LOCATION:https://meet.google.com/abc-defg-hij"],
         company="Brightwater", role="Product Designer", url=MEET, **BY_ROSA),
    _row("Google", "en", ["SUMMARY:Invitation: Onsite Interview @ Tue Dec 8\\, 2026 2pm - 5pm (EST) (robin.vale@mail.example)",
         _who("Brightwater Recruiting", "recruiting@brightwater.example"), ROBIN, AMIT, LENA,
         r"DESCRIPTION:Onsite loop for the Senior Backend Engineer role.\nQuestions? Amit Shah\, +1 212-555-0166"],
         company="Brightwater", role="Senior Backend Engineer", email="recruiting@brightwater.example"),
    _row("Google", "en", ["SUMMARY:HOLD: Brightwater interview (Robin)", ROSA, ROBIN],
         company="Brightwater", **BY_ROSA),
    _row("Outlook", "en", ["SUMMARY:Interview - Marketing Manager - Robin Vale (REQ-20391)", ROSA, ME, AMIT,
         "LOCATION:Microsoft Teams Meeting", "DESCRIPTION:Dear Robin\\," + TEAMS_TAIL],
         company="Brightwater", role="Marketing Manager", url=TEAMS, **BY_ROSA),
    _row("Outlook", "en", ["SUMMARY:RE: Second interview with the hiring team", ROSA, ME, AMIT, LENA,
         r"DESCRIPTION:Position: Payroll Specialist (Job ID 48213)\nLocation: 200 Harbor Road"],
         company="Brightwater", role="Payroll Specialist", **BY_ROSA),
    _row("Outlook", "en", ["SUMMARY:Brightwater | Final Interview | Head of Finance", r'ORGANIZER;CN="Klein\, Rosa":mailto:rosa.klein@brightwater.example',
         r'ATTENDEE;CN="Vale, Robin (External)":mailto:robin.vale@mail.example', "LOCATION:200 Harbor Road\\, 4th floor"],
         company="Brightwater", role="Head of Finance", **BY_ROSA),
    _row("Outlook", "en", ["SUMMARY:Canceled: Interview for Accountant", ROSA, ME],
         company="Brightwater", role="Accountant", **BY_ROSA),
    _row("Exchange", "en", ["SUMMARY:FW: Candidate Interview: Robin Vale - Systems Administrator R0045512", ROSA, ROBIN, AMIT,
         "DESCRIPTION:" + TEAMS_TAIL],
         company="Brightwater", role="Systems Administrator", url=TEAMS, **BY_ROSA),
    _row("Exchange", "en", ["SUMMARY:Virtual interview with Amit Shah - Brightwater Ltd", ROSA, ROBIN, AMIT,
         r"DESCRIPTION:Please join: https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fbrightwater.webex.com%2Fmeet%2Famit&data=05%7C01"],
         company=("Brightwater Ltd", "Brightwater"), contact="Amit Shah", email="amit.shah@brightwater.example",
         url="https://brightwater.webex.com/meet/amit"),
    _row("Teams", "en", ["SUMMARY:Interview Robin Vale: Warehouse Supervisor", ROSA, ROBIN,
         f"X-MICROSOFT-SKYPETEAMSMEETINGURL:{TEAMS}", "LOCATION:Microsoft Teams Meeting"],
         company="Brightwater", role="Warehouse Supervisor", url=TEAMS, **BY_ROSA),
    _row("Teams", "en", ["SUMMARY:Brightwater Interview – Customer Success Manager (Round 2 of 3)", ROSA, ROBIN, AMIT,
         "DESCRIPTION:Agenda follows." + TEAMS_TAIL],
         company="Brightwater", role="Customer Success Manager", url=TEAMS, **BY_ROSA),
    _row("Zoom", "en", ["SUMMARY:Rosa Klein's Zoom Meeting - Interview for Copywriter", ROSA, ROBIN,
         f"LOCATION:{ZOOM}", "DESCRIPTION:Rosa Klein is inviting you to a scheduled Zoom meeting." + ZOOM_TAIL],
         company="Brightwater", role="Copywriter", url=ZOOM, **BY_ROSA),
    _row("Zoom", "en", ["SUMMARY:Interview with Brightwater Health for Nurse Practitioner", ROSA, ROBIN,
         "DESCRIPTION:See you soon." + ZOOM_TAIL],
         company="Brightwater Health", role="Nurse Practitioner", url=ZOOM, **BY_ROSA),
    _row("Calendly", "en", ["SUMMARY:Robin Vale and Rosa Klein", ROSA, ROBIN,
         r"LOCATION:https://us02web.zoom.us/j/85012345678?pwd=abc",
         r"DESCRIPTION:Event Name: Recruiter Call - Brightwater\n\nPlease share your phone number: +1 917 555 0111\n\nNeed to make changes?\nCancel: https://calendly.com/cancellations/x"],
         company="Brightwater", url=ZOOM, **BY_ROSA),
    _row("Calendly", "en", ["SUMMARY:30 Minute Interview between Robin Vale and Amit Shah", _who("Calendly", "no-reply@calendly.com"), ROBIN, AMIT,
         r"DESCRIPTION:Event Name: 30 Minute Interview\n\nPhone call: Amit Shah will call you at +1 917-555-0111"],
         company="Brightwater", contact="Amit Shah", email="amit.shah@brightwater.example"),
    _row("Greenhouse", "en", ["SUMMARY:Brightwater - Interview with Robin Vale for Staff Engineer\\, Platform",
         _who("Brightwater Recruiting", "no-reply@us.greenhouse-mail.io"), ROBIN, AMIT, LENA,
         r"DESCRIPTION:Hi Robin\,\nhere is your schedule for the Staff Engineer\, Platform role.\nAmit Shah 2:00 PM\nLena Fox 3:00 PM\nhttps://app.coderpad.io/ABCDEF"],
         company="Brightwater", role="Staff Engineer, Platform", url="https://app.coderpad.io/ABCDEF"),
    _row("Greenhouse", "en", ["SUMMARY:Technical Interview - Software Engineer\\, Backend (Robin Vale)",
         _who("Priya Raman", "priya.raman@brightwater.example"), ROBIN, AMIT],
         company="Brightwater", role="Software Engineer, Backend", contact="Priya Raman", email="priya.raman@brightwater.example"),
    _row("Lever", "en", ["SUMMARY:Phone interview: Robin Vale (Sales Development Representative)",
         _who("Rosa Klein", "rosa.klein@hire.lever.co"), ROBIN,
         r"DESCRIPTION:Thank you for applying to Brightwater!\nYou will speak with Rosa Klein\, Recruiter\, at (212) 555-0172."],
         company="Brightwater", role="Sales Development Representative", contact="Rosa Klein", phone="+1 212-555-0172"),
    _row("Lever", "en", ["SUMMARY:On-site interview at Brightwater: UX Researcher", ROSA, ROBIN, AMIT, LENA,
         "LOCATION:200 Harbor Road https://maps.app.goo.gl/xyz"],
         company="Brightwater", role="UX Researcher", url="https://maps.app.goo.gl/xyz", **BY_ROSA),
    _row("Workday", "en", ["SUMMARY:Interview for JR102938 Senior Financial Analyst - Robin Vale",
         _who("Brightwater HR", "brightwater@myworkday.com"), ROBIN, AMIT,
         r"DESCRIPTION:Job Requisition: JR102938 Senior Financial Analyst\nCompany: Brightwater Inc."],
         company=("Brightwater Inc", "Brightwater"), role="Senior Financial Analyst", contact="Amit Shah", email="amit.shah@brightwater.example"),
    _row("Workday", "en", ["SUMMARY:Interview Confirmation: Pharmacist (R-0098122)",
         _who("Workday", "noreply@myworkday.com"), ROBIN, LENA],
         company="Brightwater", role="Pharmacist", contact="Lena Fox", email="lena.fox@brightwater.example"),
    _row("GoodTime", "en", ["SUMMARY:Brightwater <> Robin Vale | Engineering Manager | Onsite",
         _who("GoodTime Scheduling", "scheduling@goodtime.io"), ROBIN, AMIT, LENA,
         r"DESCRIPTION:Your interviewers: Amit Shah and Lena Fox\nJoin: https://brightwater.zoom.us/wc/join/85012345678"],
         company="Brightwater", role="Engineering Manager", url="https://brightwater.zoom.us/wc/join/85012345678"),
    _row("Apple", "en", ["SUMMARY:Interview Brightwater", ROSA, ROBIN,
         "LOCATION:Brightwater\\n200 Harbor Road\\nNew York", r"DESCRIPTION:Ask for Rosa at reception\, 212-555-0172. Role: line cook."],
         company="Brightwater", role=("line cook", "Line cook"), phone="+1 212-555-0172", **BY_ROSA),
    _row("Fastmail", "en", ["SUMMARY:Chat with Rosa (Brightwater) about the Librarian position", ROSA, ROBIN],
         company="Brightwater", role="Librarian", **BY_ROSA),
    _row("Zoho", "en", ["SUMMARY:Interview scheduled - Robin Vale - Executive Assistant", _who("Rosa Klein", "rosa.klein@brightwater.example"), ROBIN,
         "URL:https://recruit.zoho.com/recruit/job/123", "DESCRIPTION:Join: https://meet.zoho.com/abc-123"],
         company="Brightwater", role="Executive Assistant", url="https://meet.zoho.com/abc-123", **BY_ROSA),
    _row("GoTo", "en", ["SUMMARY:First-round interview\\, Operations Director\\, Brightwater", ROSA, ROBIN,
         "DESCRIPTION:Please join my meeting from your computer.\\nhttps://meet.goto.com/123456789\\n\\nYou can also dial in using your phone.\\nUnited States: +1 (571) 317-3122\\nAccess Code: 123-456-789"],
         company="Brightwater", role="Operations Director", url="https://meet.goto.com/123456789", **BY_ROSA),
    _row("HireVue", "en", ["SUMMARY:Your HireVue interview for Store Manager at Brightwater", _who("HireVue", "no-reply@hirevue.com"), ROBIN,
         "DESCRIPTION:Start here: https://brightwater.hirevue.com/interviews/abc"],
         company="Brightwater", role="Store Manager", url="https://brightwater.hirevue.com/interviews/abc"),
    _row("Ashby", "en", ["SUMMARY:Hiring Manager Interview (Brightwater / Robin)", _who("Rosa Klein", "rosa.klein@brightwater.example"), ROBIN, AMIT,
         r"DESCRIPTION:You're interviewing for Growth Marketer at Brightwater."],
         company="Brightwater", role="Growth Marketer", **BY_ROSA),
    # --- German ---
    _row("Outlook", "de", ["SUMMARY:Vorstellungsgespräch Pflegefachkraft (m/w/d) – Robin Vale", _who("Käthe Größl", "kaethe.groessl@isarwerk.example"), ME,
         "LOCATION:Hafenstraße 12\\, 3. Stock", r"DESCRIPTION:Guten Tag Robin Vale\,\nbei Fragen erreichen Sie mich unter 089 2180 4711.\nKäthe Größl"],
         company="Isarwerk", role="Pflegefachkraft", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example", phone="+49 89 21804711"),
    _row("Exchange", "de", ["SUMMARY:AW: Einladung zum Vorstellungsgespräch als Köchin bei der Isarwerk GmbH", r'ORGANIZER;CN="Größl, Käthe":mailto:kaethe.groessl@isarwerk.example', ME],
         company="Isarwerk GmbH", role="Köchin", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example"),
    _row("Teams", "de", ["SUMMARY:Kennenlerngespräch Isarwerk: Projektleitung Bau", _who("Käthe Größl", "kaethe.groessl@isarwerk.example"), ROBIN,
         "DESCRIPTION:" + TEAMS_TAIL],
         company="Isarwerk", role="Projektleitung Bau", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example", url=TEAMS),
    _row("Google", "de", ["SUMMARY:Telefoninterview mit Käthe Größl (Isarwerk) – Werkstudent Marketing", _who("Käthe Größl", "kaethe.groessl@isarwerk.example"), ROBIN,
         r"DESCRIPTION:Ich rufe Sie unter 0170 1234567 an."],
         company="Isarwerk", role="Werkstudent Marketing", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example"),
    _row("Personio", "de", ["SUMMARY:Interview mit Robin Vale für die Stelle Sachbearbeiter Einkauf (Kennziffer 2026-113)",
         _who("Isarwerk GmbH", "noreply@personio.de"), ROBIN, _also("Käthe Größl", "kaethe.groessl@isarwerk.example")],
         company=("Isarwerk", "Isarwerk GmbH"), role="Sachbearbeiter Einkauf", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example"),
    _row("Outlook", "de", ["SUMMARY:Zweitgespräch mit dem Team", _who("Käthe Größl", "kaethe.groessl@isarwerk.example"), ME,
         r"DESCRIPTION:Sehr geehrte(r) Robin Vale\,\nwir freuen uns auf das zweite Gespräch zur Stelle als Controller bei der Isarwerk GmbH."],
         company="Isarwerk GmbH", role="Controller", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example"),
    _row("Apple", "de", ["SUMMARY:Bewerbungsgespräch: Erzieherin\\, Kita Sonnenschein", _who("Jens Adler", "jens.adler@gmx.de"), ROBIN],
         company="Kita Sonnenschein", role="Erzieherin", contact="Jens Adler", email="jens.adler@gmx.de"),
    _row("Google", "de", ["SUMMARY:Platzhalter: Gespräch Isarwerk / Robin Vale", _who("Käthe Größl", "kaethe.groessl@isarwerk.example"), ROBIN],
         company="Isarwerk", contact="Käthe Größl", email="kaethe.groessl@isarwerk.example"),
    # --- French ---
    _row("Google", "fr", ["SUMMARY:Entretien d'embauche - Infirmière - Clinique Beaulieu", _who("Chloé Martin", "chloe.martin@beaulieu.example"), ROBIN,
         r"DESCRIPTION:Bonjour Robin\,\nvous pouvez me joindre au +33 1 42 68 53 00.\nChloé Martin"],
         company="Clinique Beaulieu", role="Infirmière", contact="Chloé Martin", email="chloe.martin@beaulieu.example", phone="+33 1 42 68 53 00"),
    _row("Outlook", "fr", ["SUMMARY:Entretien téléphonique pour le poste de Développeur Web chez Beaulieu", _who("Chloé Martin", "chloe.martin@beaulieu.example"), ME],
         company="Beaulieu", role="Développeur Web", contact="Chloé Martin", email="chloe.martin@beaulieu.example"),
    _row("Teams", "fr", ["SUMMARY:Entretien avec Chloé Martin (Beaulieu) - Chef de projet", _who("Chloé Martin", "chloe.martin@beaulieu.example"), ROBIN,
         "DESCRIPTION:" + TEAMS_TAIL],
         company="Beaulieu", role="Chef de projet", contact="Chloé Martin", email="chloe.martin@beaulieu.example", url=TEAMS),
    _row("Calendly", "fr", ["SUMMARY:Robin Vale et Chloé Martin", _who("Chloé Martin", "chloe.martin@beaulieu.example"), ROBIN,
         r"DESCRIPTION:Premier entretien pour le poste de Comptable\nMerci de confirmer."],
         company="Beaulieu", role="Comptable", contact="Chloé Martin", email="chloe.martin@beaulieu.example"),
    _row("Exchange", "fr", ["SUMMARY:TR: 2e entretien - Responsable logistique (H/F) - réf. 4482", r'ORGANIZER;CN="MARTIN, Chloé":mailto:chloe.martin@beaulieu.example', ME],
         company="Beaulieu", role="Responsable logistique", contact=("Chloé Martin", "Chloé MARTIN"), email="chloe.martin@beaulieu.example"),
    # --- Spanish ---
    _row("Google", "es", ["SUMMARY:Entrevista: Ingeniera de datos en Solar Norte", _who("Lucía Gómez", "lucia.gomez@solarnorte.example"), ROBIN,
         f"X-GOOGLE-CONFERENCE:{MEET}"],
         company="Solar Norte", role="Ingeniera de datos", contact="Lucía Gómez", email="lucia.gomez@solarnorte.example", url=MEET),
    _row("Outlook", "es", ["SUMMARY:RV: Entrevista para el puesto de Enfermero - Solar Norte S.A.", _who("Lucía Gómez", "lucia.gomez@solarnorte.example"), ME,
         r"DESCRIPTION:Si tiene alguna duda\, llámeme al +34 912 345 678. Lucía"],
         company=("Solar Norte S.A", "Solar Norte S.A.", "Solar Norte"), role="Enfermero", contact="Lucía Gómez", email="lucia.gomez@solarnorte.example", phone="+34 912 34 56 78"),
    _row("Zoom", "es", ["SUMMARY:Entrevista con el equipo de contratación", _who("Lucía Gómez", "lucia.gomez@solarnorte.example"), ROBIN,
         "DESCRIPTION:Puesto: Gerente de ventas" + ZOOM_TAIL],
         company=("Solar Norte", "Solarnorte"), role="Gerente de ventas", contact="Lucía Gómez", email="lucia.gomez@solarnorte.example", url=ZOOM),
    _row("Teams", "es", ["SUMMARY:Entrevista final Robin Vale - Analista financiero", _who("Lucía Gómez", "lucia.gomez@solarnorte.example"), ROBIN,
         "DESCRIPTION:" + TEAMS_TAIL],
         company=("Solar Norte", "Solarnorte"), role="Analista financiero", contact="Lucía Gómez", email="lucia.gomez@solarnorte.example", url=TEAMS),
    _row("Calendly", "es", ["SUMMARY:Llamada con Lucía Gómez de Solar Norte", _who("Lucía Gómez", "lucia.gomez@solarnorte.example"), ROBIN],
         company="Solar Norte", contact="Lucía Gómez", email="lucia.gomez@solarnorte.example"),
    # --- Swedish ---
    _row("Outlook", "sv", ["SUMMARY:Anställningsintervju: Sjuksköterska på Norrvik", _who("Elin Berg", "elin.berg@norrvik.example"), ME,
         r"DESCRIPTION:Hej Robin!\nRing mig gärna på 08-123 456 78 om du har frågor.\nElin Berg"],
         company="Norrvik", role="Sjuksköterska", contact="Elin Berg", email="elin.berg@norrvik.example", phone="+46 8 123 456 78"),
    _row("Teams", "sv", ["SUMMARY:Intervju för tjänsten som Systemutvecklare hos Norrvik AB", _who("Elin Berg", "elin.berg@norrvik.example"), ROBIN,
         "DESCRIPTION:" + TEAMS_TAIL],
         company="Norrvik AB", role="Systemutvecklare", contact="Elin Berg", email="elin.berg@norrvik.example", url=TEAMS),
    _row("Google", "sv", ["SUMMARY:Jobbintervju med Elin Berg (Norrvik)", _who("Elin Berg", "elin.berg@norrvik.example"), ROBIN,
         r"DESCRIPTION:Roll: Projektledare"],
         company="Norrvik", role="Projektledare", contact="Elin Berg", email="elin.berg@norrvik.example"),
    _row("Teamtailor", "sv", ["SUMMARY:Intervju - Ekonomiassistent - Robin Vale", _who("Norrvik", "no-reply@teamtailor-mail.com"), ROBIN,
         _also("Elin Berg", "elin.berg@norrvik.example")],
         company="Norrvik", role="Ekonomiassistent", contact="Elin Berg", email="elin.berg@norrvik.example"),
    # --- Japanese ---
    _row("Google", "ja", ["SUMMARY:【一次面接】株式会社ソレイユ システムエンジニア", _who("佐藤 花子", "hanako.sato@soleil.example"), ROBIN,
         f"X-GOOGLE-CONFERENCE:{MEET}"],
         company="株式会社ソレイユ", role="システムエンジニア", contact="佐藤 花子", email="hanako.sato@soleil.example", url=MEET),
    _row("Teams", "ja", ["SUMMARY:最終面接のご案内(株式会社ソレイユ)", _who("佐藤 花子", "hanako.sato@soleil.example"), ROBIN,
         "DESCRIPTION:職種:経理担当\\n" + TEAMS_TAIL],
         company="株式会社ソレイユ", role="経理担当", contact="佐藤 花子", email="hanako.sato@soleil.example", url=TEAMS),
    _row("Outlook", "ja", ["SUMMARY:面接:看護師 / ソレイユ株式会社 / Robin Vale様", _who("佐藤 花子", "hanako.sato@soleil.example"), ME,
         "DESCRIPTION:お問い合わせ:03-3210-9876 佐藤"],
         company="ソレイユ株式会社", role="看護師", contact="佐藤 花子", email="hanako.sato@soleil.example", phone="+81 3-3210-9876"),
    _row("Zoom", "ja", ["SUMMARY:オンライン面談 Robin Vale様", _who("株式会社ソレイユ 採用チーム", "recruit@soleil.example"), ROBIN,
         "DESCRIPTION:株式会社ソレイユのデザイナー職にご応募いただきありがとうございます。" + ZOOM_TAIL],
         company="株式会社ソレイユ", role=("デザイナー", "デザイナー職"), email="recruit@soleil.example", url=ZOOM),
    # --- shapes that say little ---
    _row("Google", "en", ["SUMMARY:Interview", ROSA, ROBIN], company="Brightwater", **BY_ROSA),
    _row("Google", "en", ["SUMMARY:Interview with Robin", ROSA, ROBIN], company="Brightwater", **BY_ROSA),
    _row("Outlook", "en", ["SUMMARY:Placeholder", "ORGANIZER:mailto:rosa.klein@brightwater.example", ME],
         company="Brightwater", email="rosa.klein@brightwater.example"),
    _row("Apple", "en", ["SUMMARY:Coffee with Rosa", _who("Rosa Klein", "rosa.klein@gmail.com"), ROBIN],
         contact="Rosa Klein", email="rosa.klein@gmail.com"),
    _row("Google", "en", ["SUMMARY:Team interview - 45 min", ROSA, ROBIN, AMIT, LENA], company="Brightwater", **BY_ROSA),
]  # fmt: skip

ZONES = {
    "en": "America/New_York", "de": "Europe/Berlin", "fr": "Europe/Paris", "es": "Europe/Madrid",
    "sv": "Europe/Stockholm", "ja": "Asia/Tokyo",
}  # fmt: skip
