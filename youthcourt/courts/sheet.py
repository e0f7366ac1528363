"""A policy as people read it: sections of lines, each with why it was assumed, if it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from flask_babel import gettext, ngettext

from youthcourt.courts.domain import (
    FACTS,
    Condition,
    DeadlineRule,
    EligibilityRule,
    OffenceClass,
    Policy,
    QuantityRange,
    SanctionKind,
    SanctionRule,
    Unit,
)
from youthcourt.courts.domain.part import Part
from youthcourt.web.i18n import label, label_of
from youthcourt.web.i18n.formats import minutes_text, time_text

_CENTS = 100


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One setting: what it is, its value, where it was read, and why it was assumed."""

    term: str
    value: str
    source: str = ""
    assumed: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """Settings that belong together."""

    title: str
    lines: tuple[Line, ...]


def sheet_of(policy: Policy) -> tuple[Section, ...]:
    """Return the whole policy; every assumed setting is marked, whether it has a line or not."""
    pen = _Pen(policy)
    sections = (
        Section(title=_("The programme"), lines=tuple(_programme(pen))),
        Section(title=_("Words of this court"), lines=pen.part("words", policy.words)),
        Section(title=_("Who decides"), lines=pen.part("forum", policy.forum)),
        Section(title=_("From referral to hearing"), lines=tuple(_way(pen))),
        Section(title=_("Who is taken"), lines=tuple(_eligibility(pen))),
        Section(title=_("Offence classes"), lines=tuple(_classes(pen))),
        Section(title=_("What a sentence may ask for"), lines=tuple(_sanctions(pen))),
        Section(title=_("Time limits"), lines=tuple(_limits(pen))),
        Section(title=_("The jury"), lines=pen.part("jury", policy.jury)),
        Section(title=_("The session"), lines=pen.part("session", policy.session)),
        Section(title=_("What coming counts for"), lines=pen.part("counting", policy.counting)),
        Section(title=_("Time credits"), lines=pen.part("credits", policy.credits)),
        Section(title=_("Papers to sign"), lines=tuple(_papers(pen))),
        Section(title=_("Rules kept as text"), lines=tuple(_texts(pen))),
    )
    rest = Section(title=_("Also assumed"), lines=tuple(pen.not_yet_marked()))
    return tuple(section for section in (*sections, rest) if section.lines)


class _Pen:
    """Writes lines and remembers which assumptions have been marked."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._marked: set[str] = set()

    def line(self, places: Iterable[str], term: str, value: str, source: str = "") -> Line:
        """Return a line on the setting at these places, marked where one of them is assumed."""
        why = []
        for place in places:
            for known, reason in self.policy.assumed.items():
                within = place == known or place.startswith(f"{known}.")
                if (within or known.startswith(f"{place}.")) and reason not in why:
                    why.append(reason)
                    self._marked.add(known)
        return Line(term=term, value=value, source=source, assumed=" ".join(why) or None)

    def part(self, place: str, part: Part) -> tuple[Line, ...]:
        """Return one line for each setting of a part, named by its own description."""
        return tuple(
            self.line(
                [f"{place}.{name}"],
                _capital(field.description or name),
                value_text(getattr(part, name), name=name),
            )
            for name, field in type(part).model_fields.items()
        )

    def not_yet_marked(self) -> Iterator[Line]:
        """Yield what is assumed of settings that have no line of their own."""
        for place, why in self.policy.assumed.items():
            if place not in self._marked:
                yield Line(term=place, value="", assumed=why)


def _capital(text: str) -> str:
    words = _(text)
    return words[:1].upper() + words[1:]


def value_text(value: object, *, name: str = "") -> str:
    """Return the value of a setting as people read it; ``name`` tells days and minutes."""
    if value is None or value in ("", ()):
        return _("not set")
    if isinstance(value, tuple):
        return ", ".join(value_text(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return _number_text(value, name)
    if isinstance(value, time):
        return time_text(value)
    return label(value) if isinstance(value, StrEnum) else str(value)


def _number_text(value: int, name: str) -> str:
    if name == "weekday":
        return label_of("Weekday", str(value))
    return minutes_text(value) if name.endswith("minutes") else str(value)


def amount_text(amount: int, unit: Unit) -> str:
    """Return an amount of a sanction in its unit; money is stored in cents."""
    if unit is Unit.MINUTES:
        return minutes_text(amount)
    if unit is Unit.SESSIONS:
        return str(ngettext("%(num)d session", "%(num)d sessions", amount))
    if unit is Unit.PIECES:
        return str(ngettext("%(num)d piece", "%(num)d pieces", amount))
    if unit is Unit.MONEY:
        return f"$ {amount / _CENTS:,.2f}"
    return str(amount)


def range_text(range_: QuantityRange | None, unit: Unit) -> str:
    """Return how much may be ordered."""
    if range_ is None or (range_.min is None and range_.max is None):
        return _("no range set")
    if range_.min == range_.max and range_.min is not None:
        return _("exactly %(amount)s", amount=amount_text(range_.min, unit))
    if range_.min is None:
        return _("at most %(amount)s", amount=amount_text(range_.max or 0, unit))
    if range_.max is None:
        return _("at least %(amount)s", amount=amount_text(range_.min, unit))
    return _(
        "%(least)s to %(most)s",
        least=amount_text(range_.min, unit),
        most=amount_text(range_.max, unit),
    )


def condition_text(condition: Condition) -> str:
    """Return a condition in words."""
    for name, words in (
        ("all_of", _("all of these hold")),
        ("any_of", _("at least one of these holds")),
        ("none_of", _("none of these holds")),
    ):
        parts: tuple[Condition, ...] = getattr(condition, name)
        if parts:
            return f"{words}: " + "; ".join(condition_text(part) for part in parts)
    meaning, value = _(FACTS[condition.field or ""].meaning), value_text(condition.value)
    if isinstance(condition.value, bool):
        return f"{meaning}: {value}"
    return f"{meaning} {label(condition.op)} {value}"


def _programme(pen: _Pen) -> Iterator[Line]:
    policy = pen.policy
    yield pen.line(["name"], _("Name"), policy.name)
    yield pen.line(
        ["place", "state"], _("Place"), ", ".join(filter(None, [policy.place, policy.state]))
    )
    yield pen.line(["as_of"], _("The rules are those of"), policy.as_of)
    yield pen.line(["referral_sources"], _("Who may refer"), value_text(policy.referral_sources))
    for number, source in enumerate(policy.sources, start=1):
        yield pen.line([f"sources.{number}"], _("Source"), source)


def _way(pen: _Pen) -> Iterator[Line]:
    policy = pen.policy
    yield pen.line(["steps"], _("Steps in this order"), value_text(policy.steps))
    days = policy.no_contact_days
    yield pen.line(
        ["no_contact_days"],
        _("Without an answer from the family the case goes back after"),
        _("no limit") if days is None else ngettext("%(num)d day", "%(num)d days", days),
    )
    months = ", ".join(str(month) for month in policy.follow_up_months)
    yield pen.line(
        ["follow_up_months"], _("Records are searched again after this many months"), months or "-"
    )


def _eligibility(pen: _Pen) -> Iterator[Line]:
    for number, rule in enumerate(pen.policy.eligibility, start=1):
        yield pen.line(
            [f"eligibility.{rule.code}", f"eligibility.{number}"],
            rule.text,
            _rule_value(rule),
            rule.src,
        )


def _rule_value(rule: EligibilityRule) -> str:
    if rule.when is None:
        return _("Staff are asked.")
    unknown = _("If that is not known: %(then)s.", then=label(rule.unknown))
    return f"{_capital(condition_text(rule.when))}. {unknown}"


def _classes(pen: _Pen) -> Iterator[Line]:
    policy = pen.policy
    if not policy.classes:
        return
    yield pen.line(["class_chosen_by"], _("Who finds the class"), label(policy.class_chosen_by))
    for number, class_ in enumerate(policy.classes, start=1):
        yield pen.line(
            [f"classes.{class_.code}", f"classes.{number}"],
            f"{class_.code} {class_.label}".strip(),
            _class_value(policy, class_),
        )


def _class_value(policy: Policy, class_: OffenceClass) -> str:
    units = {rule.kind.value: rule.unit for rule in policy.sanctions}
    ranges = [
        f"{label_of('SanctionKind', kind)} {range_text(range_, units.get(kind, Unit.NONE))}"
        for kind, range_ in class_.quantities.items()
    ]
    parts = [", ".join(ranges)]
    if class_.offences:
        parts.append(_("Offences: %(list)s", list=", ".join(class_.offences)))
    return ". ".join(part for part in parts if part)


def _sanctions(pen: _Pen) -> Iterator[Line]:
    seen: dict[SanctionKind, int] = {}
    for number, rule in enumerate(pen.policy.sanctions, start=1):
        seen[rule.kind] = seen.get(rule.kind, 0) + 1
        places = [f"sanctions.{number}"]
        if seen[rule.kind] == 1:
            places.append(f"sanctions.{rule.kind.value}")
        yield pen.line(places, rule.label, _sanction_value(pen.policy, rule))


def _sanction_value(policy: Policy, rule: SanctionRule) -> str:
    must = _("in every sentence") if rule.mandatory else _("if the jury wants")
    by_class = any(rule.kind.value in class_.quantities for class_ in policy.classes)
    much = _("as the offence class says")
    if rule.range is not None or not by_class:
        much = range_text(rule.range, rule.unit) if rule.unit is not Unit.NONE else label(rule.unit)
    return f"{_capital(must)}; {much}. {rule.note}".strip()


def _limits(pen: _Pen) -> Iterator[Line]:
    policy = pen.policy
    for number, rule in enumerate(policy.deadlines, start=1):
        yield pen.line(
            [f"deadlines.{number}"], _("Everything is finished within"), _limit(rule), rule.src
        )
    yield pen.line(
        ["last_day_included"], _("The last day still counts"), value_text(policy.last_day_included)
    )
    yield from pen.part("extension", policy.extension)


def _limit(rule: DeadlineRule) -> str:
    if rule.months is not None:
        time_given = str(ngettext("%(num)d month", "%(num)d months", rule.months))
    else:
        time_given = str(ngettext("%(num)d day", "%(num)d days", rule.days or 0))
    return _("%(time)s from %(start)s", time=time_given, start=label(rule.counted_from))


def _papers(pen: _Pen) -> Iterator[Line]:
    for number, rule in enumerate(pen.policy.consents, start=1):
        needed = _("Required.") if rule.required else _("If wanted.")
        version = _("Version %(version)s.", version=rule.text_version)
        yield pen.line(
            [f"consents.{number}", f"consents.{rule.kind.value}"],
            label(rule.kind),
            f"{needed} {version} {rule.text}",
        )


def _texts(pen: _Pen) -> Iterator[Line]:
    for number, rule in enumerate(pen.policy.extra, start=1):
        when = _("Shown %(moment)s.", moment=label(rule.show_at))
        yield pen.line([f"extra.{number}"], rule.topic, f"{rule.text} {when}", rule.src)


def assumed_count(sections: Iterable[Section]) -> int:
    """Return how many lines rest on an assumption."""
    return sum(line.assumed is not None for section in sections for line in section.lines)
