"""The forms of signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField
from wtforms.validators import InputRequired, Length

from youthcourt.web.forms import CourtForm, TrimmedField


class SignInForm(CourtForm):
    """E-mail address and password of a member of staff."""

    email = TrimmedField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Please type your e-mail address.")), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please type your password.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordAgainForm(CourtForm):
    """The password once more, before something that needs it."""

    password = PasswordField(
        _l("Your password"),
        validators=[InputRequired(_l("Please type your password.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(CourtForm):
    """The present password and a new one."""

    present = PasswordField(
        _l("Present password"),
        validators=[InputRequired(_l("Please type your present password.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        description=_l("At least 15 characters. Four or five words are easy to remember."),
        validators=[InputRequired(_l("Please type a new password.")), Length(max=256)],
        render_kw={"autocomplete": "new-password"},
    )


class InvitationForm(CourtForm):
    """The one-time code, and on the second page who comes with it and their password."""

    code = TrimmedField(
        _l("Code"),
        description=_l("Sixteen letters and digits. Dashes and capitals do not matter."),
        validators=[InputRequired(_l("Please type the code you were given.")), Length(max=60)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    name = TrimmedField(
        _l("Your name"),
        description=_l("As your colleagues know you. It stands beside what you do."),
        validators=[Length(max=120)],
        render_kw={"autocomplete": "name"},
    )
    email = TrimmedField(
        _l("E-mail address"),
        description=_l("You sign in with it. Have you an account here already? Use its address."),
        validators=[Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        description=_l("At least 15 characters. Four or five words are easy to remember."),
        validators=[Length(max=256)],
        render_kw={"autocomplete": "new-password"},
    )


class ChooseCourtForm(CourtForm):
    """Which of one's courts to work in."""

    court = SelectField(_l("Court"), validate_choice=False)


class EmptyForm(CourtForm):
    """A button that changes something."""
