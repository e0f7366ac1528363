"""What is wrong with a policy: every mistake, with its place and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from youthcourt.courts.domain.part import Step
from youthcourt.courts.domain.policy import Policy
from youthcourt.courts.domain.versions import SCHEMA_VERSION, upgrade
from youthcourt.courts.domain.wording import shown
from youthcourt.errors import CourtRuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class PolicyProblem:
    """One mistake: its dotted place, empty for the whole file, and one sentence on it."""

    place: str
    message: str


def _place(where: tuple[Step, ...], document: object) -> str:
    """Return the dotted place; list members go by their code or by position from 1."""
    names: list[str] = []
    at = document
    for step in where:
        if isinstance(step, int):
            at = at[step] if isinstance(at, list | tuple) and step < len(at) else None
            code = at.get("code") if isinstance(at, Mapping) else None
            names.append(code if isinstance(code, str) and code else str(step + 1))
        else:
            at = at.get(step) if isinstance(at, Mapping) else None
            names.append(str(step))
    return ".".join(names)


def _in_order(place: str) -> tuple[object, ...]:
    """Return a sort key that follows the order of the schema, then 2 before 10."""
    first, _, rest = place.partition(".")
    fields = list(Policy.model_fields)
    rank = fields.index(first) if first in fields else len(fields)
    return (rank, first, [part.zfill(6) for part in re.split(r"(\d+)", rest)])


def _checked(document: Mapping[str, Any]) -> tuple[Policy | None, list[PolicyProblem]]:
    try:
        return Policy.model_validate(document), []
    except ValidationError as error:
        found = {
            PolicyProblem(place=_place(e["loc"], document), message=e["msg"])
            for e in error.errors(include_url=False, include_context=False)
        }
    return None, sorted(found, key=lambda p: (_in_order(p.place), p.message))


def _too_deep() -> PolicyProblem:
    return PolicyProblem(place="", message="Conditions are nested too deeply. Make them simpler.")


def _upgraded_problems(document: Mapping[str, Any]) -> list[PolicyProblem]:
    try:
        return _checked(upgrade(document))[1]
    except CourtRuleBroken:
        message = (
            f"Write schema_version = {SCHEMA_VERSION}; the versions that can be read are 1 to"
            f" {SCHEMA_VERSION}."
        )
    others = _checked({**document, "schema_version": SCHEMA_VERSION})[1]
    return [PolicyProblem(place="schema_version", message=message), *others]


def policy_problems(data: object) -> list[PolicyProblem]:
    """Return every mistake in a policy document of any version; an empty list when it is good.

    Never raises.  The places are those of the document in the present schema version.
    """
    if not isinstance(data, Mapping):
        message = f"A policy is a table of settings; this is {shown(data)}."
        return [PolicyProblem(place="", message=message)]
    try:
        return _upgraded_problems(data)
    except RecursionError:
        return [_too_deep()]


def read_policy(document: Mapping[str, Any]) -> Policy:
    """Return the policy of a stored document of any version ever shipped.

    Raises ``CourtRuleBroken`` with code ``policy_invalid`` and, as ``problems``, every
    mistake, or ``policy_version_unknown``.
    """
    try:
        policy, problems = _checked(upgrade(document))
    except RecursionError:
        policy, problems = None, [_too_deep()]
    if policy is None:
        raise CourtRuleBroken(
            "policy_invalid",
            count=len(problems),
            place=problems[0].place,
            message=problems[0].message,
            problems=tuple(problems),
        )
    return policy
