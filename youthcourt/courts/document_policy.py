"""Writes ``docs/policy.md``, the policy setting by setting, from the schema itself.

Run it from the root of the project: ``python -m youthcourt.courts.document_policy``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from youthcourt.courts.domain import (
    FACTS,
    PRESETS,
    ClassChoice,
    ConflictEffect,
    ConsentKind,
    CountedFrom,
    DecisionRule,
    Effect,
    ExtendedBy,
    FactKind,
    IntakeStep,
    Op,
    Policy,
    Rounding,
    SanctionKind,
    ShowAt,
    SignUp,
    SittingModel,
    Unit,
    WhenUnknown,
    preset,
)
from youthcourt.courts.domain.part import Part, unwrapped

DOCUMENT = Path("docs") / "policy.md"

# By class first: members of different classes may be equal as text.
MEANINGS: Mapping[type[StrEnum], Mapping[str, str]] = {
    SanctionKind: {
        SanctionKind.JURY: "sitting on juries",
        SanctionKind.COMMUNITY_SERVICE: "unpaid work for others",
        SanctionKind.APOLOGY_LETTER: "a letter to the person harmed or to the parents",
        SanctionKind.ESSAY: "a piece of writing",
        SanctionKind.CLASS_: "a class, seminar or workshop",
        SanctionKind.RESTITUTION: "paying for the damage",
        SanctionKind.COUNSELLING: "talks with a counsellor; only done or not done is kept",
        SanctionKind.OTHER: "anything else; the label says what",
    },
    Unit: {
        Unit.SESSIONS: "whole sessions",
        Unit.MINUTES: "minutes; 8 hours are 480",
        Unit.PIECES: "pieces, such as letters",
        Unit.MONEY: "cents",
        Unit.NONE: "nothing; it is done or not done",
    },
    Effect: {
        Effect.FULL: "counts as a whole session",
        Effect.AS_SERVED: "counts for the minutes that were served",
        Effect.NONE: "counts for nothing",
        Effect.STOPS_CLOCK: "counts for nothing, but the time limit waits",
    },
    Rounding: {
        Rounding.NONE: "minutes as served",
        Rounding.UP_TO_QUARTER: "up to the next quarter of an hour",
        Rounding.NEAREST_QUARTER: "to the nearest quarter of an hour",
        Rounding.DOWN_TO_HOUR: "down to the full hour",
    },
    ConflictEffect: {
        ConflictEffect.MAY_NOT_SIT: "does not sit in that sitting at all",
        ConflictEffect.STEPS_ASIDE: "leaves the panel for that hearing only",
    },
    SittingModel: {
        SittingModel.PEER_JURY: "jurors ask the questions and decide; there are no attorneys",
        SittingModel.ADULT_JUDGE: "teen attorneys, a teen jury that decides, an adult judge",
        SittingModel.YOUTH_JUDGE: "as adult_judge, with a teen as judge",
        SittingModel.TRIBUNAL: "one to three teen judges and no jury",
    },
    DecisionRule: {
        DecisionRule.UNANIMOUS: "all jurors agree",
        DecisionRule.MAJORITY: "more than half agree",
        DecisionRule.JUDGE_WITHIN_RANGE: "the judge settles what the jury leaves open",
        DecisionRule.UNSTATED: "the court does not say",
    },
    IntakeStep: {
        IntakeStep.CONTACTED: "the family has been reached",
        IntakeStep.SCREENED: "eligibility has been decided",
        IntakeStep.INTAKE_DONE: "the intake talk is finished",
    },
    WhenUnknown: {
        WhenUnknown.ASK: "staff have to answer",
        WhenUnknown.PASS: "the case goes on, and the rule shows as unknown",
    },
    ClassChoice: {
        ClassChoice.STAFF: "staff choose",
        ClassChoice.RULE: "the lists of offences decide; staff choose what is in none of them",
    },
    SignUp: {
        SignUp.DRAW: "juries are drawn ahead from those who are free",
        SignUp.WALK_IN: "nobody signs up; the panel is seated from those who came",
    },
    CountedFrom: {
        CountedFrom.HEARING: "the day of the first hearing",
        CountedFrom.SENTENCE: "the day of the sentence",
        CountedFrom.REFERRAL: "the day of the referral",
        CountedFrom.ADMISSION: "the day of the admission of responsibility",
    },
    ExtendedBy: {
        ExtendedBy.COORDINATOR: "the coordinator",
    },
    ConsentKind: {
        ConsentKind.ADMISSION: "the youth admits responsibility",
        ConsentKind.GUARDIAN_CONSENT: "a parent or guardian agrees",
        ConsentKind.RELEASE: "reports and results may be passed on",
        ConsentKind.CONFIDENTIALITY: "what is said in the hearing stays there",
    },
    ShowAt: {
        ShowAt.ELIGIBILITY: "when eligibility is decided",
        ShowAt.INTAKE: "at the intake talk",
        ShowAt.DRAW: "when the jury is made up",
        ShowAt.TONIGHT: "while the session runs",
        ShowAt.SENTENCE: "when the sentence is entered",
        ShowAt.CLOSURE: "when the case is closed",
        ShowAt.ALWAYS: "at every one of these",
    },
    Op: {
        Op.EQ: "is the same",
        Op.NE: "is not the same",
        Op.LT: "is less; numbers only",
        Op.LE: "is less or the same; numbers only",
        Op.GT: "is more; numbers only",
        Op.GE: "is more or the same; numbers only",
        Op.IN: "is one of a list",
        Op.NOT_IN: "is none of a list",
    },
}

_FACT_KINDS = {
    FactKind.NUMBER: "whole number",
    FactKind.YES_NO: "true or false",
    FactKind.TEXT: "text",
}

_HEAD = """# The policy, setting by setting

Everything that differs between courts is a setting of its policy: a TOML file with the parts
below. This page is made from the program itself (`python -m youthcourt.courts.document_policy`);
a test fails when the two differ.

- A setting that is missing is refused, and so is one that is not listed here: nothing is ignored.
- A **place** names a setting: `jury.quorum`. A member of a list is named by its code where it
  has one (`classes.A.order`), else by its number from 1 (`deadlines.1.days`).
- `assumed` lists the places that no source states, each with the reason. Screens show them as
  assumed.
- A rule that software cannot keep for the court goes into `extra` and is shown when it matters.
- A stored policy is never rewritten. It keeps its `schema_version` and can be read for ever.
"""


def _limits(said: list[Any]) -> str:
    flat = [m for s in said for m in (s.metadata if isinstance(s, FieldInfo) else [s])]
    least = next((m.ge for m in flat if isinstance(m, Ge)), None)
    most = next((m.le for m in flat if isinstance(m, Le)), None)
    if least is not None and str(least) == str(most):
        return f", {least}"
    return f", {least} to {most}" if least is not None and most is not None else ""


def _anchor(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _value_in_words(annotation: Any, said: list[Any]) -> str:
    bare, more = unwrapped(annotation)
    said = [*more, *said]
    simple = {bool: "true or false", str: "text", time: "time, such as 18:30:00"}
    if bare in simple:
        return simple[bare]
    if bare is int:
        return "whole number" + _limits(said)
    if isinstance(bare, type) and issubclass(bare, StrEnum | Part):
        return _anchor(bare.__name__)
    if get_origin(bare) is tuple:
        return "list: " + _value_in_words(get_args(bare)[0], [])
    if get_origin(bare) is dict:
        return "table: name = " + _value_in_words(get_args(bare)[1], [])
    return "number, text, true or false, or a list of these"


def _default_in_words(field: FieldInfo) -> str:
    if field.is_required():
        return "must be written"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ("", (), {}):
        return "may be left out"
    if isinstance(value, Part):
        return "its own settings' defaults"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _rows(part: type[Part]) -> Iterator[str]:
    yield "| setting | value | if left out | meaning |"
    yield "| --- | --- | --- | --- |"
    for name, field in part.model_fields.items():
        value = _value_in_words(field.annotation, list(field.metadata))
        default = _default_in_words(field)
        yield f"| `{name}` | {value} | {default} | {field.description} |"


def _types_in(annotation: Any) -> Iterator[type]:
    bare, _ = unwrapped(annotation)
    if isinstance(bare, type) and issubclass(bare, StrEnum | Part):
        yield bare
    for inner in get_args(bare):
        yield from _types_in(inner)


def policy_types() -> list[type]:
    """Return every part and every list of choices of a policy, the policy first."""
    found: list[type] = [Policy]
    for part in found:
        if issubclass(part, Part):
            for field in part.model_fields.values():
                found += [t for t in _types_in(field.annotation) if t not in found]
    return found


def _section(type_: type) -> Iterator[str]:
    doc = (type_.__doc__ or "").strip().splitlines()[0]
    yield f"\n### {type_.__name__}\n\n{doc}\n"
    if issubclass(type_, Part):
        yield from _rows(type_)
    elif issubclass(type_, StrEnum):
        yield "| write | meaning |"
        yield "| --- | --- |"
        for member in type_:
            yield f"| `{member}` | {MEANINGS[type_][member]} |"


def _facts() -> Iterator[str]:
    yield "\n## Facts\n\nWhat a condition may ask about.\n"
    yield "| fact | value | meaning |"
    yield "| --- | --- | --- |"
    for name, fact in FACTS.items():
        choices = ", ".join(f"`{choice}`" for choice in fact.choices)
        yield f"| `{name}` | {_FACT_KINDS.get(fact.kind, choices)} | {fact.meaning} |"


def _presets() -> Iterator[str]:
    yield "\n## Policies that ship with the product\n"
    yield "| file | programme | speaks of | sources | assumed settings | rules kept as text |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for slug in PRESETS:
        policy = preset(slug)
        counts = f"{len(policy.sources)} | {len(policy.assumed)} | {len(policy.extra)}"
        where = f"{policy.name}, {policy.place} {policy.state}"
        yield f"| `{slug}.toml` | {where} | {policy.as_of} | {counts} |"


def document() -> str:
    """Return the whole page as Markdown."""
    found = policy_types()
    lines = [_HEAD, "## Parts"]
    for type_ in found:
        if issubclass(type_, Part):
            lines += _section(type_)
    lines.append("\n## Choices")
    for type_ in found:
        if issubclass(type_, StrEnum):
            lines += _section(type_)
    return "\n".join([*lines, *_facts(), *_presets()]) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
