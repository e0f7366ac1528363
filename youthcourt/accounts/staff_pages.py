"""The staff of a court: who works here, whom to invite, what they may do, and who leaves.

What changes something is behind the password again: whoever sits down at an open browser of the
administrator shall not make an account for themselves.
"""

from __future__ import annotations

import uuid
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from config import Config
from youthcourt import clock
from youthcourt.accounts import staff
from youthcourt.accounts.domain import Role, StaffState, in_groups
from youthcourt.accounts.forms import EmptyForm, InviteForm, RoleForm
from youthcourt.accounts.queries import (
    InvitationLine,
    MemberLine,
    member_line,
    member_lines,
    open_invitation,
    open_invitations,
)
from youthcourt.accounts.session import SignedIn, signed_in
from youthcourt.accounts.staff import Issued
from youthcourt.accounts.staff_mail import carry, message_of
from youthcourt.courts.models import Court
from youthcourt.db import reading
from youthcourt.errors import NotFound
from youthcourt.web.access import Permission, requires
from youthcourt.web.navigation import Entry
from youthcourt.web.transactions import database

bp = Blueprint("staff", __name__, url_prefix="/staff")
MENU = Entry(
    label=_l("Staff"), endpoint="staff.list_staff", permission=Permission.ACCOUNTS_WRITE, order=94
)
REFUSED = 422
Page = str | Response | tuple[str, int]


@bp.get("/")
@requires(Permission.ACCOUNTS_WRITE)
def list_staff() -> str:
    """Show who is invited, who works here and who did."""
    court_id, now = _court_id(), clock.now()
    return render_template(
        "accounts/staff.html",
        invitations=open_invitations(database(), court_id=court_id, now=now),
        members=member_lines(database(), court_id=court_id),
        me=signed_in().user_id,
    )


@bp.route("/invite", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_WRITE)
def invite() -> Page:
    """Invite somebody, and show the code this once."""
    locked = _to_password("staff.invite")
    if locked is not None:
        return locked
    form = InviteForm()
    if request.method == "GET":
        return render_template("accounts/staff_invite.html", form=form)
    if form.validate():
        with form.refusals():
            issued = staff.invite_person(
                database(),
                name=str(form.name.data),
                email=str(form.email.data),
                role=Role(form.role.data),
                **_hand(),
            )
            return _code_page(issued)
    return render_template("accounts/staff_invite.html", form=form), REFUSED


@bp.get("/invitations/<uuid:invitation_id>")
@requires(Permission.ACCOUNTS_WRITE)
def show_invitation(invitation_id: uuid.UUID) -> Page:
    """Show an open invitation and what can be done with it."""
    line, locked = _invitation(invitation_id)
    return locked or render_template("accounts/staff_invitation.html", line=line)


@bp.post("/invitations/<uuid:invitation_id>/again")
@requires(Permission.ACCOUNTS_WRITE)
def invite_again(invitation_id: uuid.UUID) -> Page:
    """Make a new code in the place of the old one and show it this once."""
    _line, locked = _invitation(invitation_id)
    if locked is not None:
        return locked
    return _code_page(staff.invite_again(database(), invitation_id=invitation_id, **_hand()))


@bp.post("/invitations/<uuid:invitation_id>/withdraw")
@requires(Permission.ACCOUNTS_WRITE)
def withdraw(invitation_id: uuid.UUID) -> Response:
    """Withdraw an invitation."""
    _line, locked = _invitation(invitation_id)
    if locked is not None:
        return locked
    staff.withdraw_invitation(database(), invitation_id=invitation_id, **_hand())
    flash(_("The invitation is withdrawn; its code opens nothing any more."), "success")
    return redirect(url_for("staff.list_staff"), 303)


@bp.get("/<uuid:user_id>")
@requires(Permission.ACCOUNTS_WRITE)
def show_member(user_id: uuid.UUID) -> Page:
    """Show somebody who works here or did, and what can be done."""
    line, locked = _member(user_id)
    return locked or _member_page(line, RoleForm(formdata=None, role=line.role))


@bp.post("/<uuid:user_id>/role")
@requires(Permission.ACCOUNTS_WRITE)
def change_role(user_id: uuid.UUID) -> Page:
    """Make somebody something else here."""
    line, locked = _member_to_change(user_id)
    if locked is not None:
        return locked
    form = RoleForm()
    if form.validate():
        with form.refusals():
            staff.change_role(database(), user_id=user_id, role=Role(form.role.data), **_hand())
            flash(_("%(name)s has another role from the next click on.", name=line.name), "success")
            return redirect(url_for("staff.list_staff"), 303)
    return _member_page(line, form), REFUSED


@bp.post("/<uuid:user_id>/password")
@requires(Permission.ACCOUNTS_WRITE)
def new_password(user_id: uuid.UUID) -> Page:
    """Make a code for a new password and show it this once."""
    line, locked = _member_to_change(user_id)
    if locked is not None:
        return locked
    form = EmptyForm()
    with form.refusals():
        issued = staff.let_member_choose_password(database(), user_id=user_id, **_hand())
        return _code_page(issued)
    return _member_page(line, RoleForm(formdata=None, role=line.role), form), REFUSED


@bp.post("/<uuid:user_id>/remove")
@requires(Permission.ACCOUNTS_WRITE)
def remove(user_id: uuid.UUID) -> Page:
    """Let somebody go from this court; every browser of theirs is signed out of it."""
    line, locked = _member_to_change(user_id)
    if locked is not None:
        return locked
    form = EmptyForm()
    with form.refusals():
        staff.remove_member(database(), user_id=user_id, **_hand())
        flash(_("%(name)s works here no more and is signed out.", name=line.name), "success")
        return redirect(url_for("staff.list_staff"), 303)
    return _member_page(line, RoleForm(formdata=None, role=line.role), form), REFUSED


def _court_id() -> uuid.UUID:
    court_id = signed_in().court_id
    if court_id is None:
        raise NotFound
    return court_id


def _hand() -> dict[str, Any]:
    """Return in which court, who acts and when, as every service here asks for it."""
    return {"court_id": _court_id(), "actor": signed_in().actor, "now": clock.now()}


def _to_password(endpoint: str, **values: Any) -> Response | None:
    """Return the way to the password, and from there to a page, unless it was just shown."""
    if signed_in().is_stepped_up(clock.now()):
        return None
    session["next"] = url_for(endpoint, **values)
    return redirect(url_for("accounts.step_up"), 303)


def _member(user_id: uuid.UUID) -> tuple[MemberLine, Response | None]:
    """Return the member, read without a lock, and the way to the password where it is needed."""
    with reading(database()):
        line = member_line(database(), court_id=_court_id(), user_id=user_id)
    return line, _to_password("staff.show_member", user_id=user_id)


def _member_to_change(user_id: uuid.UUID) -> tuple[MemberLine, Response | None]:
    """Return the same, or the way back to the page of somebody who is removed already."""
    line, elsewhere = _member(user_id)
    if elsewhere is None and line.state is StaffState.REMOVED:
        elsewhere = redirect(url_for("staff.show_member", user_id=user_id), 303)
    return line, elsewhere


def _invitation(invitation_id: uuid.UUID) -> tuple[InvitationLine, Response | None]:
    """Return the same of an invitation."""
    court_id, now = _court_id(), clock.now()
    with reading(database()):
        line = open_invitation(database(), court_id=court_id, invitation_id=invitation_id, now=now)
    return line, _to_password("staff.show_invitation", invitation_id=invitation_id)


def _member_page(line: MemberLine, form: RoleForm, refused: EmptyForm | None = None) -> str:
    return render_template(
        "accounts/staff_member.html",
        line=line,
        form=form,
        refused=refused or form,
        is_me=line.user_id == signed_in().user_id,
    )


def _code_page(issued: Issued) -> str:
    """Show a code this once and send it; what made it is committed before anything leaves.

    A mail server may be slow, and a code that has left must be one that opens something.
    """
    me, config, stored = signed_in(), _config(), database()
    link = join_link(issued.code)
    message = message_of(
        issued, link=link, court=stored.get_one(Court, me.court_id), by=_name_of(me)
    )
    stored.commit()
    return render_template(
        "accounts/staff_code.html",
        issued=issued,
        code=in_groups(issued.code),
        link=link,
        mail=carry(message, config=config),
    )


def _name_of(me: SignedIn) -> str:
    return me.name or _("The administrator")


def _config() -> Config:
    config: Config = current_app.extensions["youthcourt.config"]
    return config


def join_link(code: str) -> str:
    """Return the link that carries a code behind the ``#``, which browsers do not send."""
    base = _config().public_url
    path = url_for("joining.open_invitation")
    address = (
        base.rstrip("/") + path if base else url_for("joining.open_invitation", _external=True)
    )
    return f"{address}#{code}"
