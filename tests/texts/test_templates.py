"""The little language of templates, and the user's own ones."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calsync.errors import BadSettings
from calsync.texts import Words, fields, render_plan, script
from calsync.texts.catalogue import FOLDER
from calsync.texts.fields import FIELDS
from calsync.texts.languages import LANGUAGES
from calsync.texts.template import Template
from calsync.texts.words import TEMPLATES
from tests.texts.rich import RICH, RICH_PREFERENCES, plan, touch

ALWAYS = {
    "company", "at_company", "role", "person", "interview_day", "interview_date", "greeting", "met", "met_day",
    "reach_me", "call_day", "call_time", "answer_by", "dear", "hello", "regards", "cv",
}  # fmt: skip
"""Fields that every event has in which a template asks for them."""
OWN_TEMPLATES_ONLY = {"interview_date", "interview_day", "my_email"}
"""Fields that stayed for templates that people have made."""
ASIDES = re.compile(r"^\[[^\[\]]+\]$|^- \([^()]+\)", re.MULTILINE)
"""A line that is to be finished, and what a caller reads and does not say."""
HOLES = re.compile(
    r"\$|[{}\[\]()]|  | [,.;:?!]|%s|None|\n\n\n|^[ \t]|[ \t]$|,\.|\.\.|^-\s*$|: *\.|: *$", re.MULTILINE
)


def filled(text, **known):
    return Template(text, {"role", "topic", "me"}).body(known)


@pytest.mark.parametrize(
    ("text", "known", "wanted"),
    [
        ("I met $me.", {"me": "Ann"}, "I met Ann."),
        ("I met ${me}s.", {"me": "Ann"}, "I met Anns."),
        ("It costs $$5.", {}, "It costs $5."),
        ("100 %, $me", {"me": "%s"}, "100 %, %s"),
        ("First.\nAbout $topic.\nLast.", {}, "First.\nLast."),
        ("About $topic.\n| About this.", {}, "About this."),
        ("About $topic.\n| About this.", {"topic": "tea"}, "About tea."),
        ("$topic\n| $role\n| neither", {"role": "PM"}, "PM"),
        ("One.\n+ Two.\n+ On $topic.\n+ Four.", {}, "One. Two. Four."),
        ("On $topic.\n+ Two.", {}, "Two."),
        ("One.\n\nOn $topic.\n+ Two.", {}, "One.\n\nTwo."),
        ("One.\n\nOn $topic.\n\nTwo.", {}, "One.\n\nTwo."),
        ("# rules: 000-16\nOne.", {}, "One."),
        ("?topic One.\n| Two.\n+ ?topic Three.", {}, "Two."),
        ("?topic One.\n| Two.\n+ ?topic Three.", {"topic": "tea"}, "One. Three."),
        ("?me", {}, "?me"),
        ("$me", {"me": "$role {role} %(role)s"}, "$role {role} %(role)s"),
        ("", {}, ""),
    ],
)
def test_a_template_is_filled_as_its_marks_say(text, known, wanted):
    assert filled(text, **known) == wanted


def test_a_subject_may_have_another_form_too():
    letter = Template("# a comment\nsubject: On $topic\n| On nothing\n\nDear all", {"topic"})
    assert letter.subject({}) == "On nothing"
    assert letter.body({}) == "Dear all"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Hello\nDear $contakt,",
            r"mine\.txt, line 2: there is no field \$contakt; did you mean \$contact\?.*CS-TXT-001",
        ),
        ("$Role", r"line 1: there is no field \$Role; did you mean \$role\?"),
        ("It is $5.", r"mine\.txt, line 1: a \$ begins no field here; write \$\$ .*CS-TXT-002"),
    ],
)
def test_a_field_that_is_none_is_named_with_its_line_and_the_nearest(text, wanted):
    with pytest.raises(BadSettings, match=wanted):
        Template(text, FIELDS, "mine.txt")


@given(st.text())
def test_whatever_somebody_writes_is_a_template_or_refused_in_a_sentence(text):
    try:
        Template(text, FIELDS, "mine.txt").body({})
    except BadSettings as refused:
        assert "mine.txt, line" in str(refused)  # noqa: PT017  # a law about text that may be a template or not


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_template(before, value):
    template = before.replace("$", "") + "x $topic"
    if value and "\n" not in template:
        assert value in filled(template, topic=value) or template.startswith(("#", "subject:"))


def known_fields(name):
    template = Words("en").template(name)
    everything = {field: f"<{field}>" for field in FIELDS}
    return {
        field for field in FIELDS if f"<{field}>" in template.body(everything) + template.subject(everything)
    }


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_text_reads_well_whichever_fields_are_not_known(name, language):
    template = Words(language).template(name)
    everything = {field: f"«{field}»" for field in FIELDS}
    optional = sorted(known_fields(name) - ALWAYS)
    absent = [*combinations(optional, 1), *combinations(optional, 2), tuple(optional), ()]
    for missing in absent:
        known = {field: value for field, value in everything.items() if field not in missing}
        text = template.body(known)
        assert text, missing
        assert not HOLES.search(ASIDES.sub("- Aside", text)), (missing, text)
        assert not any(f"«{field}»" in text for field in missing)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_language_has_every_template_and_no_other(language):
    assert {file.stem for file in Path(FOLDER, language).glob("*.txt")} == set(TEMPLATES)


def test_every_field_is_explained_and_used_by_some_template():
    files = [file.read_text(encoding="utf-8") for file in Path(FOLDER).glob("*/*.txt")]
    used = {name for text in files for name in re.findall(r"[$?]([a-z]\w*)", text)}
    assert fields().keys() - used == OWN_TEMPLATES_ONLY
    assert all(fields().values())


def own(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def scripted(words, form="call"):
    one = touch()
    return script(plan(RICH, one), one, RICH_PREFERENCES, words, form).text


def test_a_template_of_the_users_own_wins_in_script_and_event_alike(tmp_path):
    own(tmp_path, "status.voicemail.txt", "# mine\nHello $contact, it is $me.")
    words = Words.load(tmp_path)
    assert scripted(words, "voicemail") == "Hello Sarah Smith, it is Alex Doe."
    assert (
        "\nHello Sarah Smith, it is Alex Doe.\n"
        in render_plan(plan(RICH, touch()), RICH_PREFERENCES, words).events[0].description
    )


def test_a_template_for_one_language_wins_over_one_for_all(tmp_path):
    own(tmp_path, "gatekeeper.txt", "for all")
    own(tmp_path, "de/gatekeeper.txt", "nur deutsch")
    assert scripted(Words.load(tmp_path, "en"), "gatekeeper") == "for all"
    assert scripted(Words.load(tmp_path, "en").speaking("de"), "gatekeeper") == "nur deutsch"


@pytest.mark.parametrize("content", ["\ufeffHello\r\n$me\r\n", "Hello\x1b[31m\u202e\n$me"])
def test_a_template_from_any_editor_gives_clean_text(tmp_path, content):
    own(tmp_path, "gatekeeper.txt", content)
    text = scripted(Words.load(tmp_path), "gatekeeper")
    assert text.endswith("\nAlex Doe")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\ufeff]", text)


def test_a_field_that_is_none_in_a_users_template_names_file_line_and_nearest(tmp_path):
    file = own(tmp_path, "status.call.txt", "Hello\n\nabout the $roll")
    with pytest.raises(BadSettings) as refused:
        Words.load(tmp_path)
    assert str(refused.value) == (
        f"{file}, line 3: there is no field $roll; did you mean $role?"
        " calsync script --fields lists them all. (CS-TXT-001)"
    )
    assert refused.value.exit_code == 78


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        (
            "status.cal.txt",
            b"x",
            r"status\.cal\.txt: no text goes by this name; did you mean status\.call\.txt",
        ),
        ("fr/status.call.txt", b"x", r"no text goes by this name"),
        ("status.call.txt", b"\xff\xfe", r"status\.call\.txt: this text cannot be read.*CS-TXT-006"),
        ("status.call.txt", b"x" * 70_000, r"too long.*CS-TXT-005"),
    ],
)
def test_a_file_that_cannot_be_used_is_said(tmp_path, name, content, wanted):
    own(tmp_path, name, "").write_bytes(content)
    with pytest.raises(BadSettings, match=wanted):
        Words.load(tmp_path)


def test_other_files_and_no_folder_at_all_are_fine(tmp_path):
    own(tmp_path, "README.md", "$nothing")
    assert (
        scripted(Words.load(tmp_path))
        == scripted(Words.load(tmp_path / "nowhere"))
        == scripted(Words.load(None))
    )


def test_templates_are_read_once_and_not_for_every_event():
    words = Words()
    render_plan(plan(RICH, touch()), RICH_PREFERENCES, words)
    read = dict(words._read)
    render_plan(plan(RICH, touch(), touch("retry")), RICH_PREFERENCES, words)
    assert all(words._read[name] is template for name, template in read.items())
