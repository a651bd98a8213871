"""Titles as people write them, in six languages: each with who sends it, and what is right."""

import pytest

from calsync.domain import Candidate
from tests.intake.test_realistic_invitations import ROBIN, read

ME = "ATTENDEE;CN=Robin Vale:mailto:robin.vale@mail.example"
ANA = "ATTENDEE;CN=Ana Ruiz:mailto:ana@meridian.example"

# Title, organizer, their address, what the description says; company, role, contact. Ana Ruiz comes too where she is the contact.
SHAPES = [
    ("Robin Vale / Meridian Labs - Intro call", "Sam Ortiz", "sam@meridianlabs.example", "", "Meridian Labs", "", "Sam Ortiz"),
    ("Intro: Robin <> Sam (Meridian Labs)", "Sam Ortiz", "sam@meridianlabs.example", "", "Meridian Labs", "", "Sam Ortiz"),
    ("Meridian Labs Interview", "Sam Ortiz", "sam@meridianlabs.example", "Role: Lab Technician", "Meridian Labs", "Lab Technician", "Sam Ortiz"),
    ("Job Interview - Meridian Labs - Lab Technician", "Sam Ortiz", "sam.ortiz@gmail.com", "", "Meridian Labs", "Lab Technician", "Sam Ortiz"),
    ("Interview with Meridian Labs", "Sam Ortiz", "sam@meridianlabs.example", "", "Meridian Labs", "", "Sam Ortiz"),
    ("Interview w/ Sam Ortiz, Meridian Labs", "Sam Ortiz", "sam@meridianlabs.example", "", "Meridian Labs", "", "Sam Ortiz"),
    ("Final round: Robin Vale, Senior Accountant", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Senior Accountant", "Sam Ortiz"),
    ("Panel Interview: Operations Coordinator (Req #20331) | Robin Vale", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Operations Coordinator", "Sam Ortiz"),
    ("Phone Interview - R. Vale - Forklift Operator", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Forklift Operator", "Sam Ortiz"),
    ("You're invited to interview with Meridian!", "Meridian Talent", "talent@meridian.example", "We'd love to talk about the Data Engineer role.", "Meridian", "Data Engineer", ""),
    ("Meridian: Technical Screen (Backend) w/ Ana", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Ana Ruiz"),
    ("Robin Vale Interview - Dental Hygienist - Harbor Dental", "Harbor Dental", "frontdesk@harbordental.example", "", "Harbor Dental", "Dental Hygienist", ""),
    ("Interview Confirmation - Line Cook - The Copper Pot", "Jo", "jo@gmail.com", "", "The Copper Pot", "Line Cook", "Jo"),
    ("Second Interview, Principal Engineer role", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Principal Engineer", "Sam Ortiz"),
    ("Virtual Interview for the Position of Assistant Principal", "Sam Ortiz", "sam@northside.example", "", "Northside", "Assistant Principal", "Sam Ortiz"),
    ("[Meridian] Hiring manager chat – Product Manager, Payments", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Product Manager, Payments", "Sam Ortiz"),
    ("Meridian | Onsite | Robin Vale | Senior iOS Engineer", "Interview Scheduling", "scheduling@meridian.example", "", "Meridian", "Senior iOS Engineer", "Ana Ruiz"),
    ("Interview: Robin Vale - Meridian - VP of Sales", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "VP of Sales", "Sam Ortiz"),
    ("Discussion: Head of People", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Head of People", "Sam Ortiz"),
    ("Catch up re: Program Manager opportunity", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Program Manager", "Sam Ortiz"),
    ("Meeting with Sam", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("HOLD for interview - Robin Vale", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("TENTATIVE: Interview (Meridian)", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("Hold - Meridian final interview", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("Interview with the Data team at Meridian", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("Robin's interview with our hiring team", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("Interview – Senior UX Designer – Job ID: 2026-4411", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "Senior UX Designer", "Sam Ortiz"),
    ("Informational interview: Robin and Sam", "Sam Ortiz", "sam@meridian.example", "", "Meridian", "", "Sam Ortiz"),
    ("Vorstellungsgespräch Frau Vale", "Jonas Weber", "weber@kanzlei-weber.example", "Stelle: Rechtsanwaltsfachangestellte", "Kanzlei Weber", "Rechtsanwaltsfachangestellte", "Jonas Weber"),
    ("Vorstellungsgespräch bei Kanzlei Weber – Rechtsanwaltsfachangestellte (m/w/d)", "Jonas Weber", "weber@kanzlei-weber.example", "", "Kanzlei Weber", "Rechtsanwaltsfachangestellte", "Jonas Weber"),
    ("Einladung zum Online-Vorstellungsgespräch | Product Owner | Nordlicht AG", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht AG", "Product Owner", "Mia Krüger"),
    ("1. Gespräch Robin Vale / Nordlicht", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht", "", "Mia Krüger"),
    ("Bewerbungsgespräch um die Position Teamleiter Logistik", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht", "Teamleiter Logistik", "Mia Krüger"),
    ("Interview Robin Vale - Steuerfachangestellte/r - Ref.-Nr. 88123", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht", "Steuerfachangestellte/r", "Mia Krüger"),
    ("Probearbeiten Konditorei Abel", "Ulla Abel", "ulla@konditorei-abel.example", "", "Konditorei Abel", "", "Ulla Abel"),
    ("Gespräch mit unserem Team (Nordlicht)", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht", "", "Mia Krüger"),
    ("Termin: Vorstellungsgespräch Assistenz der Geschäftsführung", "Mia Krüger", "m.krueger@nordlicht.example", "", "Nordlicht", "Assistenz der Geschäftsführung", "Mia Krüger"),
    ("Entretien Robin Vale - Vendeuse - Boutique Lila", "Inès Roy", "ines.roy@gmail.com", "", "Boutique Lila", "Vendeuse", "Inès Roy"),
    ("Invitation : Entretien de recrutement - Chargée de communication", "Inès Roy", "ines.roy@lumiere.example", "", "Lumiere", "Chargée de communication", "Inès Roy"),
    ("Visio avec Inès Roy (Lumière)", "Inès Roy", "ines.roy@lumiere.example", "", "Lumière", "", "Inès Roy"),
    ("RDV entretien poste d'aide-soignante", "Inès Roy", "ines.roy@lumiere.example", "", "Lumiere", "aide-soignante", "Inès Roy"),
    ("Second entretien avec l'équipe RH", "Inès Roy", "ines.roy@lumiere.example", "", "Lumiere", "", "Inès Roy"),
    ("Entrevista de trabajo - Camarera - Hotel Alba", "Pilar Gil", "pilar@hotelalba.example", "", "Hotel Alba", "Camarera", "Pilar Gil"),
    ("Invitación: Entrevista técnica con Robin Vale - Desarrollador Java", "Pilar Gil", "pilar@costa.example", "", "Costa", "Desarrollador Java", "Pilar Gil"),
    ("2ª entrevista: Responsable de almacén (Costa)", "Pilar Gil", "pilar@costa.example", "", "Costa", "Responsable de almacén", "Pilar Gil"),
    ("Reunión con el equipo de RRHH", "Pilar Gil", "pilar@costa.example", "", "Costa", "", "Pilar Gil"),
    ("Intervju Robin Vale – Förskollärare – Solgläntan", "Karin Ek", "karin.ek@solglantan.example", "", "Solgläntan", "Förskollärare", "Karin Ek"),
    ("Inbjudan: Första intervju, Redovisningsekonom", "Karin Ek", "karin.ek@norrdata.example", "", "Norrdata", "Redovisningsekonom", "Karin Ek"),
    ("Möte om tjänsten som Verksamhetschef", "Karin Ek", "karin.ek@norrdata.example", "", "Norrdata", "Verksamhetschef", "Karin Ek"),
    ("Digital intervju med Karin på Norrdata", "Karin Ek", "karin.ek@norrdata.example", "", "Norrdata", "", "Karin Ek"),
    ("一次面接 / Robin Vale 様 / 営業職", "鈴木 一郎", "suzuki@tsuki.example", "", "Tsuki", "営業職", "鈴木 一郎"),
    ("【オンライン面接】合同会社ツキ バックエンドエンジニア", "鈴木 一郎", "suzuki@tsuki.example", "", "合同会社ツキ", "バックエンドエンジニア", "鈴木 一郎"),
    ("面接のお願い(介護スタッフ)", "鈴木 一郎", "suzuki@tsuki.example", "", "Tsuki", "介護スタッフ", "鈴木 一郎"),
    ("最終面接 株式会社ツキ", "人事部", "jinji@tsuki.example", "応募職種：マーケティングマネージャー", "株式会社ツキ", "マーケティングマネージャー", ""),
]  # fmt: skip


@pytest.mark.parametrize("candidate", [ROBIN, Candidate()], ids=["known", "nobody"])
@pytest.mark.parametrize("shape", SHAPES, ids=[shape[0] for shape in SHAPES])
def test_a_title_is_read_as_a_person_reads_it(shape, candidate):
    title, name, address, description, *right = shape
    others = [ANA] if right[2] == "Ana Ruiz" else []
    escaped = title.replace(",", "\\,")
    lines = [f"SUMMARY:{escaped}", f"ORGANIZER;CN={name}:mailto:{address}", ME, *others]
    proposed = read(("any", "en", [*lines, f"DESCRIPTION:{description}"], {}), candidate).proposed
    assert [proposed.get(key, "") for key in ("company", "role", "contact")] == right
