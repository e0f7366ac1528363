"""What the frames, the macros and the stylesheet promise to every page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect, FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from wtforms import (
    BooleanField,
    DateField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice as Choice  # type: ignore[attr-defined]  # stubs lag
from wtforms.validators import InputRequired

from config import PROJECT
from youthcourt.web import i18n
from youthcourt.web.i18n import formats

TEMPLATES = PROJECT / "templates"
STATIC = PROJECT / "youthcourt" / "static"
IMPORTS = """
{% from "macros/fields.html" import field, error_summary, form_open, hidden_fields %}
{% from "macros/progress.html" import progress_parts %}
{% from "macros/tables.html" import data_table %}
{% from "macros/blocks.html" import conflict_panel, confirm_button %}
"""


class Address(Form):
    """A form inside a form."""

    street = StringField("Street", [InputRequired("Please fill this in.")])


class Intake(FlaskForm):
    """One field of each kind that the macro treats in a way of its own."""

    name = StringField("Name", [InputRequired("Please fill this in.")])
    town = StringField("Town")
    born = DateField("Date of birth", [InputRequired("Please fill this in.")])
    story = TextAreaField("What happened", [InputRequired("Please fill this in.")])
    school = SelectField("School", choices=[Choice("", "Choose"), Choice("1", "East")])
    sex = RadioField(
        "Sex",
        choices=[Choice("f", "Female"), Choice("m", "Male")],
        validators=[InputRequired("Choose one.")],
    )
    race = SelectMultipleField(
        "Race",
        choices=[Choice("1", "Asian"), Choice("2", "White")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(),
    )
    agrees = BooleanField("The guardian agrees")
    home = FormField(Address)
    version = HiddenField(default="3")


class Elements(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.found if tag in tags]

    def with_id(self, name: str) -> dict[str, str | None]:
        (only,) = [attrs for _, attrs in self.found if attrs.get("id") == name]
        return only


@pytest.fixture(scope="module")
def look() -> Flask:
    """A bare application with the templates and what they take from it."""
    app = Flask("youthcourt", template_folder=str(TEMPLATES))
    app.config.update(SECRET_KEY="x" * 40, BOOTSTRAP_SERVE_LOCAL=True, WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(app)
    Bootstrap5(app)
    i18n.init_app(app)
    return app


def draw(app: Flask, source: str, *, wrong: bool = False, **context: object) -> str:
    """Render a piece of template; ``wrong`` leaves the form empty and checked."""
    with app.test_request_context("/", method="POST" if wrong else "GET"):
        form = Intake(meta={"csrf": False}) if wrong else Intake()
        if wrong:
            form.validate()
        return render_template_string(IMPORTS + source, form=form, **context)


def test_hint_and_error_are_read_out_with_the_control(look):
    """A control names its hint and its error, and both exist."""
    page = Elements(draw(look, "{{ field(form.name, hint='As in the file.') }}", wrong=True))
    control = page.with_id("name")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "name-hint name-error"
    assert page.with_id("name-hint")
    assert page.with_id("name-error")


def test_a_field_without_hint_or_error_is_described_by_nothing(look):
    """No reference leads nowhere."""
    control = Elements(draw(look, "{{ field(form.name) }}")).with_id("name")
    assert "aria-describedby" not in control
    assert "aria-invalid" not in control


def test_only_what_may_be_left_out_is_marked(look):
    """Optional fields say so, required ones carry the attribute and no asterisk."""
    assert "(optional)" in draw(look, "{{ field(form.town) }}")
    required = draw(look, "{{ field(form.name) }}")
    assert "(optional)" not in required
    assert "*" not in required
    assert "required" in Elements(required).with_id("name")


@pytest.mark.parametrize("name", ["sex", "race"])
def test_choices_are_a_group_with_a_legend_and_labelled_boxes(look, name):
    """Each box has a label of its own inside a fieldset that names the question."""
    page = Elements(draw(look, "{{ field(form[name], hint='h') }}", name=name))
    assert page.of("fieldset")[0]["aria-describedby"] == f"{name}-hint"
    assert len(page.of("legend")) == 1
    assert {box["id"] for box in page.of("input")} == {label["for"] for label in page.of("label")}


def test_more_attributes_pass_through(look):
    """What a page knows of the answer reaches the browser."""
    source = "{{ field(form.town, autocomplete='address-level2', width=16) }}"
    control = Elements(draw(look, source)).with_id("town")
    assert control["autocomplete"] == "address-level2"
    assert "chars-16" in str(control["class"]).split()


def test_each_line_of_the_summary_leads_to_a_control(look):
    """Whoever follows a line of the summary stands in the field, groups and nested forms too."""
    fields = "".join(
        f"{{{{ field(form.{name}) }}}}" for name in ("name", "born", "story", "school", "sex")
    )
    source = "{{ error_summary(form) }}" + fields + "{{ field(form.home.street) }}"
    page = Elements(draw(look, source, wrong=True))
    targets = [str(link["href"])[1:] for link in page.of("a")]
    assert {"name", "born", "story", "sex-0", "home-street"} <= set(targets)
    for target in targets:
        assert page.with_id(target) in page.of("input", "select", "textarea")


def test_the_summary_is_silent_without_errors(look):
    """Nothing is announced when nothing is wrong."""
    assert "role" not in draw(look, "{{ error_summary(form) }}")


def test_a_form_carries_its_token_once(look):
    """The token and the version are sent, neither of them twice."""
    page = Elements(draw(look, "{{ form_open('/x') }}{{ hidden_fields(form) }}</form>"))
    assert [item["name"] for item in page.of("input")] == ["csrf_token", "version"]


def test_what_was_typed_is_escaped(look):
    """A name is text, wherever a macro writes it."""
    nasty = "<img src=x onerror=alert(1)>"
    source = """{{ data_table(x, [x], [[x]], id="t") }}
        {{ conflict_panel([{"label": x, "theirs": x, "yours": x}], x, x) }}
        {{ confirm_button("/x", x, question=x) }}"""
    page = draw(look, source, x=nasty)
    assert "<img" not in page
    assert page.count("&lt;img") >= 9


parts = st.integers(min_value=0, max_value=9)


@given(confirmed=parts, pending=parts, booked=parts, to_book=parts, in_minutes=st.booleans())
def test_the_drawing_of_progress_is_as_long_as_what_is_required(
    look, confirmed, pending, booked, to_book, in_minutes
):
    """Boxes are as many as sessions are required; the parts of a bar fill it; words say all."""
    counted = {"confirmed": confirmed, "pending": pending, "booked": booked, "to-book": to_book}
    required = sum(counted.values())
    source = "{{ progress_parts(required, a, b, c, d, unit=unit) }}"
    values = dict(zip("abcd", counted.values(), strict=True))
    unit = "minutes" if in_minutes else "sessions"
    page = draw(look, source, required=required, unit=unit, **values)
    drawing, _, words = page.partition("progress-key")
    edges = re.findall(r'part-edge" x="[\d.]+" y="1" width="([\d.]+)"', drawing)
    if in_minutes or required > 12:
        assert sum(map(float, edges)) == pytest.approx(1000 if required else 0, abs=0.3)
    else:
        assert len(edges) == required
    assert len(re.findall("<li>", words)) == sum(1 for amount in counted.values() if amount)


PAGE = (
    "{% extends frame %}{% block title %}{{ title }}{% endblock %}"
    "{% block content %}.{% endblock %}"
)


@pytest.mark.parametrize("frame", ["base.html", "phone.html", "print.html"])
def test_every_frame_has_one_heading_equal_to_its_title(look, frame):
    """The tab and the heading say the same words, escaped once."""
    context = {"court_name": "Elm Street", "phone_name": "Saturdays", "signed_in": None}
    with look.test_request_context("/"):
        page = render_template_string(PAGE, frame=frame, title="Ng & Söhne", **context)
    title = re.search(r"<title>(.*?)</title>", page)
    heading = re.findall(r"<h1>(.*?)</h1>", page)
    assert heading == ["Ng &amp; Söhne"]
    assert title
    assert title[1].startswith("Ng &amp; Söhne – ")
    assert '<html lang="en"' in page


def test_a_phone_never_says_court(look):
    """Neither the page nor the names of its files tell a bystander what this is."""
    with look.test_request_context("/"):
        page = render_template_string(
            PAGE,
            frame="phone.html",
            title="Hello",
            court_name="Elm Street Youth Court",
            phone_name="Saturday sessions",
            close_url="/sign-out",
        )
    assert "court" not in page.lower()
    assert "Close this page" in page


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 429, 500, 503])
def test_an_error_met_without_signing_in_is_neutral(look, status):
    """Whoever looks over a shoulder at a dead link learns nothing."""
    context = {"phone_name": "Saturday sessions", "court_name": "", "signed_in": None}
    with look.test_request_context("/"):
        page = look.jinja_env.get_template(f"errors/{status}.html").render(
            error_id="a1b2c3d4", get_flashed_messages=lambda **_: [], **context, url_for=_url
        )
    assert "court" not in page.lower()
    assert "a1b2c3d4" in page


def _url(endpoint: str, **values: object) -> str:
    return f"/{endpoint}/{values.get('filename', '')}"


def test_the_menu_marks_where_one_is(look):
    """The page one is on is told apart by more than its colour."""
    links = [
        SimpleNamespace(label="Today", url="/today", current=True, count=3),
        SimpleNamespace(label="Cases", url="/cases", current=False, count=0),
    ]
    with look.test_request_context("/"):
        page = render_template_string(
            PAGE,
            frame="base.html",
            title="Today",
            court_name="Elm Street",
            signed_in=SimpleNamespace(name="Ana", role_label="Clerk", sign_out_url="/out"),
            navigation=links,
        )
    marked = [link["href"] for link in Elements(page).of("a") if link.get("aria-current")]
    assert marked == ["/today"]
    assert '<form action="/out" method="post">' in page


def test_no_template_holds_a_style_or_a_script_of_its_own():
    """The content security policy would drop them: what is inline does not work."""
    inline = re.compile(
        r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)", re.IGNORECASE
    )
    found = {
        str(path.relative_to(TEMPLATES)): inline.findall(path.read_text(encoding="utf-8"))
        for path in TEMPLATES.rglob("*.html")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_the_scripts_stay_small():
    """Pages work without them; together they have fewer than 150 lines."""
    lines = [path.read_text(encoding="utf-8").count("\n") for path in STATIC.glob("*.js")]
    assert len(lines) == 5
    assert sum(lines) < 150


def _light_and_dark() -> list[dict[str, str]]:
    """Return the colours of look.css by day, and by night laid over them."""
    sheet = (STATIC / "look.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\n *\}", sheet, re.DOTALL)
    day, night = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks[:2])
    return [day, {**day, **night}]


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "link") for ground in ("sheet", "well", "desk")),
    *((f"{tone}", f"{tone}-well") for tone in ("good", "info", "warn", "bad")),
    *((tone, ground) for tone in ("good", "warn", "bad") for ground in ("sheet", "well")),
    *(("ink", f"{tone}-well") for tone in ("good", "info", "warn", "bad")),
    ("act-ink", "act"),
    ("act-ink", "act-strong"),
    ("band-ink", "band"),
    ("sheet", "bad"),
]
EDGES = [("rule-strong", "sheet"), ("rule-strong", "well"), ("focus", "sheet"), ("focus", "desk")]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(mode, ink, ground):
    """WCAG 2.2 success criterion 1.4.3: at least 4.5 to 1, by day and by night."""
    colours = _light_and_dark()[mode]
    assert _contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_focus_stand_out_from_their_ground(mode, edge, ground):
    """WCAG 2.2 success criterion 1.4.11: at least 3 to 1, by day and by night."""
    colours = _light_and_dark()[mode]
    assert _contrast(colours[edge], colours[ground]) >= 3


def test_days_and_times_are_written_one_way(look):
    """A time is small, a birth date has no weekday, a day in a sentence its month in full."""
    at = datetime(2026, 3, 4, 17, 5, tzinfo=UTC)
    with look.test_request_context("/"):
        written = render_template_string("{{ at|instant }}; {{ at.date()|born }}", at=at)
        assert written == "4 Mar 2026, 5:05 pm; 4 Mar 2026"
        midnight = datetime(2026, 3, 5, tzinfo=UTC)
        assert render_template_string("{{ at|last_day }}", at=midnight) == "Wed 4 Mar 2026"
        assert render_template_string("[{{ none|instant }}{{ none|born }}]") == "[]"
        assert formats.date_text(at.date()) == "4 March 2026"
