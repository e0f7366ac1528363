"""Rules that reach over several parts of a policy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from youthcourt.courts.domain.conditions import Condition
from youthcourt.courts.domain.kinds import ClassChoice, IntakeStep, SanctionKind, Unit
from youthcourt.courts.domain.part import Check, Mistake, Part, Step, is_read
from youthcourt.courts.domain.wording import listed, not_allowed

if TYPE_CHECKING:
    from youthcourt.courts.domain.policy import Policy

_TIME = (Unit.SESSIONS, Unit.MINUTES)


def _repeated(values: Iterable[object]) -> Iterator[tuple[int, object]]:
    """Yield position and value of everything that has been there before."""
    seen: set[object] = set()
    for position, value in enumerate(values):
        if value in seen:
            yield position, value
        seen.add(value)


def _all_steps_once(policy: Policy) -> Iterator[Mistake]:
    if sorted(policy.steps) != sorted(IntakeStep):
        yield Mistake(
            where=("steps",), message=f"Name each of these once, in order: {listed(IntakeStep)}."
        )


def _names_are_unique(name: str, attribute: str) -> Check:
    def find(policy: Policy) -> Iterator[Mistake]:
        items = getattr(policy, name)
        values = [getattr(item, attribute, object()) for item in items]  # unread: never equal
        for position, value in _repeated(values):
            yield Mistake(
                where=(name, position, attribute),
                message=f'"{value}" is used twice. Each {attribute} may be used once.',
            )

    return Check(fields=(name,), find=find)


def _offences_once(policy: Policy) -> Iterator[Mistake]:
    places = [
        (position, number, offence)
        for position, class_ in enumerate(policy.classes)
        if is_read(class_, "offences")
        for number, offence in enumerate(class_.offences)
    ]
    for index, _ in _repeated(" ".join(o.split()).casefold() for _, _, o in places):
        position, number, offence = places[index]
        yield Mistake(
            where=("classes", position, "offences", number),
            message=f'"{offence}" is listed twice. An offence belongs to one class.',
        )


def _rule_needs_offences(policy: Policy) -> Iterator[Mistake]:
    listed_anywhere = any(not is_read(c, "offences") or c.offences for c in policy.classes)
    if policy.class_chosen_by is ClassChoice.RULE and not listed_anywhere:
        yield Mistake(
            where=("class_chosen_by",),
            message='"rule" needs classes that list their offences. Otherwise write "staff".',
        )


def _one_sanction_per_range(policy: Policy) -> Iterator[Mistake]:
    if not all(is_read(rule, "kind") for rule in policy.sanctions):
        return
    kinds = [rule.kind for rule in policy.sanctions]
    for position, class_ in enumerate(policy.classes):
        for kind in class_.quantities if is_read(class_, "quantities") else ():
            if kind in tuple(SanctionKind) and kinds.count(SanctionKind(kind)) != 1:
                yield Mistake(
                    where=("classes", position, "quantities", kind),
                    message=f"A range needs exactly one sanction of the kind {kind} in sanctions;"
                    f" there are {kinds.count(SanctionKind(kind))}.",
                )


def _sanctions_once(policy: Policy) -> Iterator[Mistake]:
    names = [
        (rule.kind, rule.label) if is_read(rule, "kind", "label") else object()
        for rule in policy.sanctions
    ]
    for position, _ in _repeated(names):
        yield Mistake(
            where=("sanctions", position, "label"),
            message="There is a sanction of this kind with this label already.",
        )


def _earning_kinds_are_timed(policy: Policy) -> Iterator[Mistake]:
    all_read = all(is_read(rule, "kind", "unit") for rule in policy.sanctions)
    if not all_read or not is_read(policy.credits, "earns"):
        return
    timed = {rule.kind for rule in policy.sanctions if rule.unit in _TIME}
    for position, kind in enumerate(policy.credits.earns):
        if kind not in timed:
            yield Mistake(
                where=("credits", "earns", position),
                message=f"{kind} is not a sanction of this court that is counted in sessions or"
                f" minutes. Allowed: {listed(sorted(timed))}.",
            )


def _months_rise(policy: Policy) -> Iterator[Mistake]:
    if any(later <= earlier for earlier, later in pairwise(policy.follow_up_months)):
        yield Mistake(
            where=("follow_up_months",),
            message="Write each number of months once, from the smallest to the largest.",
        )


def _class_comparisons(
    condition: Condition, where: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], object]]:
    if is_read(condition, "field", "value") and condition.field == "offence_class":
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        for value in values:
            yield (*where, "value"), value
    for group in ("all_of", "any_of", "none_of"):
        for position, inner in enumerate(getattr(condition, group, ())):
            yield from _class_comparisons(inner, (*where, group, position))


def _conditions_know_the_classes(policy: Policy) -> Iterator[Mistake]:
    if not all(is_read(class_, "code") for class_ in policy.classes):
        return
    codes = [class_.code for class_ in policy.classes]
    for position, rule in enumerate(policy.eligibility):
        if not is_read(rule, "when") or rule.when is None:
            continue
        place = ("eligibility", position, "when")
        for where, value in _class_comparisons(rule.when, place):
            if value not in codes:
                yield Mistake(where=where, message=not_allowed(value, codes))


def _in_list(items: tuple[object, ...], step: str) -> Iterator[object]:
    """Yield the member of that code or number, and every one whose code cannot be read."""
    for number, item in enumerate(items, start=1):
        if isinstance(item, Part) and "code" in type(item).model_fields:
            if getattr(item, "code", step) == step:
                yield item
        elif str(number) == step:
            yield item


def _exists(part: object, steps: list[str]) -> bool:
    """Say whether a place exists; what cannot be read is given the benefit of the doubt."""
    if not steps:
        return True
    step, rest = steps[0], steps[1:]
    if isinstance(part, Part):
        if not is_read(part, step):
            return step in type(part).model_fields
        return _exists(getattr(part, step), rest)
    if isinstance(part, Mapping):
        return step in part and _exists(part[step], rest)
    return isinstance(part, tuple) and any(_exists(i, rest) for i in _in_list(part, step))


def _assumed_places_exist(policy: Policy) -> Iterator[Mistake]:
    for place in policy.assumed:
        first = place.partition(".")[0]
        if first in type(policy).model_fields and not _exists(policy, place.split(".")):
            yield Mistake(
                where=("assumed", place),
                message="There is no such setting. Name it as in jury.quorum, classes.A.order"
                " or deadlines.1.days: parts with a code by their code, others by number.",
            )
        elif first not in type(policy).model_fields:
            yield Mistake(
                where=("assumed", place),
                message=not_allowed(first, type(policy).model_fields),
            )


def words_at(policy: Policy, steps: list[str]) -> object:
    """Return what stands at a place that has no codes on its way, None where nothing does."""
    part: object = policy
    for step in steps:
        if isinstance(part, tuple):
            part = part[int(step) - 1] if step.isdecimal() and 0 < int(step) <= len(part) else None
        else:
            part = getattr(part, step, None)
    return part


_PAPER_PLACES = re.compile(r"consents\.\d+\.text|sanctions\.\d+\.label|session\.(bring|dress)")


def _spanish_places_are_words(policy: Policy) -> Iterator[Mistake]:
    for place in policy.spanish:
        if not (_PAPER_PLACES.fullmatch(place) and _exists(policy, place.split("."))):
            yield Mistake(
                where=("spanish", place),
                message="There are no words for families at this place. Name it as in"
                " consents.1.text, sanctions.2.label, session.bring or session.dress.",
            )


ACROSS: tuple[Check, ...] = (
    Check(fields=("steps",), find=_all_steps_once),
    _names_are_unique("eligibility", "code"),
    _names_are_unique("classes", "code"),
    _names_are_unique("classes", "order"),
    _names_are_unique("consents", "kind"),
    Check(fields=("sanctions",), find=_sanctions_once),
    Check(fields=("classes",), find=_offences_once),
    Check(fields=("classes", "class_chosen_by"), find=_rule_needs_offences),
    Check(fields=("classes", "sanctions"), find=_one_sanction_per_range),
    Check(fields=("sanctions", "credits"), find=_earning_kinds_are_timed),
    Check(fields=("follow_up_months",), find=_months_rise),
    Check(fields=("eligibility", "classes"), find=_conditions_know_the_classes),
    Check(fields=("assumed",), find=_assumed_places_exist),
    Check(fields=("spanish",), find=_spanish_places_are_words),
)
