"""The forms of signing in."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, ValidationError

from youthcourt.accounts.domain import Role
from youthcourt.web.forms import CourtForm, TrimmedField
from youthcourt.web.i18n import label_of, sentence


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


def _email_shape(_form: object, field: Field) -> None:
    try:
        validate_email(str(field.data), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise ValidationError(sentence("email_shape")) from error


def _role_field() -> RadioField:
    return RadioField(
        _l("Role"),
        choices=lambda: [(role.value, label_of("RoleInFull", role.value)) for role in Role],
        validators=[InputRequired(_l("Please choose a role."))],
    )


class RoleForm(CourtForm):
    """What somebody is in the court."""

    role = _role_field()


class InviteForm(CourtForm):
    """Whom to invite, and as what."""

    name = TrimmedField(
        _l("Name"),
        description=_l("As the colleagues know them."),
        validators=[InputRequired(_l("Please type the name.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    email = TrimmedField(
        _l("E-mail address"),
        description=_l("They sign in with it."),
        validators=[
            InputRequired(_l("Please type the e-mail address.")),
            Length(max=254),
            _email_shape,
        ],
        render_kw={"type": "email", "autocomplete": "off", "spellcheck": "false"},
    )
    role = _role_field()


class ChooseCourtForm(CourtForm):
    """Which of one's courts to work in."""

    court = SelectField(_l("Court"), validate_choice=False)


class EmptyForm(CourtForm):
    """A button that changes something."""
