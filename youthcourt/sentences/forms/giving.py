"""What a panel decided: one field for each item the policy of the day knows."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from youthcourt.courts.domain import Policy
from youthcourt.people.forms import LinesField
from youthcourt.sentences.domain.decision import agreements_allowed
from youthcourt.sentences.forms.fields import CHOOSE, amount_field, detail_field, length
from youthcourt.web.forms import CourtForm
from youthcourt.web.i18n import label


def amount_name(position: int) -> str:
    """Return the name of the amount of the policy's item at this place, from 0."""
    return f"amount_{position}"


def detail_name(position: int) -> str:
    """Return the name of the words to the policy's item at this place, from 0."""
    return f"detail_{position}"


class SentenceForm(CourtForm):
    """What every sentence asks; ``sentence_form`` adds the items of a court."""

    back = HiddenField()
    offence_class = SelectField(_l("Class of the offence"), choices=[], validate_choice=False)
    outside_range_reason = LinesField(
        _l("Reason, where an amount is outside its range"),
        description=_l("Leave this empty when every amount is within its range."),
        validators=[length(2000)],
        render_kw={"rows": 2},
    )
    agreement = RadioField(
        _l("How did the panel agree?"), choices=[], validators=[InputRequired(CHOOSE)]
    )
    panel_words = LinesField(
        _l("The panel's own words to the young person"),
        description=_l("The family can read them on its sheet. Leave it empty if there were none."),
        validators=[length(4000)],
        render_kw={"rows": 4},
    )
    not_feasible_reason = LinesField(
        _l("Why is it recorded all the same?"),
        validators=[length(2000)],
        render_kw={"rows": 2},
    )


def sentence_form(policy: Policy) -> type[SentenceForm]:
    """Return the form for the rules of one court: its classes, its items, how it decides."""
    members: dict[str, object] = {}
    for position, rule in enumerate(policy.sanctions):
        members[amount_name(position)] = amount_field(rule.unit, rule.label)
        members[detail_name(position)] = detail_field(
            _l("Details"), render_kw={"autocomplete": "off"}
        )
    members["offence_class"] = SelectField(
        _l("Class of the offence"),
        choices=lambda: [
            ("", _l("please choose")),
            *((c.code, f"{c.code}: {c.label}" if c.label else c.code) for c in policy.classes),
        ],
        # Courts without classes do not show it; what is chosen is held against the policy.
        validate_choice=False,
    )
    members["agreement"] = RadioField(
        _l("How did the panel agree?"),
        choices=lambda: [
            (way.value, label(way)) for way in agreements_allowed(policy.forum.decision)
        ],
        validators=[InputRequired(CHOOSE)],
    )
    return type("SentenceFormOfCourt", (SentenceForm,), members)
