"""What every part of a policy is made of: frozen, closed, and able to name all its mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Self, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from youthcourt.courts.domain.wording import MISTAKE, explain

Step = str | int  # a key, or a position in a list counted from 0
Whole = Annotated[int, Field(strict=True)]
YesNo = Annotated[bool, Field(strict=True)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=4000)]
# A code is one step of a dotted place, so it has no dot itself.
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _+/-]*$", max_length=40)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """One broken rule inside a part: where (keys and positions from 0) and in what words."""

    where: tuple[Step, ...]
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """A rule over several fields of a part; it is asked as soon as these can be read.

    ``find`` may be given parts inside the part that lack the fields nobody could read.
    """

    fields: tuple[str, ...]
    find: Callable[[Any], Iterable[Mistake]]


class Part(BaseModel):
    """A frozen part of a policy that refuses unknown keys.

    Reading one raises ``pydantic.ValidationError`` with every mistake at once: those of
    single fields and those of ``checks``, whatever else is wrong, each in a plain sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    checks: ClassVar[tuple[Check, ...]] = ()

    @model_validator(mode="wrap")
    @classmethod
    def _read_all(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        mistakes: list[InitErrorDetails] = []
        try:
            part = handler(data)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                text = explain(found, fields=cls.model_fields)
                mistakes.append(_detail(found["loc"], text, found["input"]))
            part = cls.as_far_as_readable(data)
        for check in cls.checks:
            if is_read(part, *check.fields):
                mistakes += [_detail(m.where, m.message, None) for m in check.find(part)]
        if mistakes:
            raise ValidationError.from_exception_data(cls.__name__, mistakes)
        return part

    @classmethod
    def as_far_as_readable(cls, data: object) -> Self:
        """Return an unchecked part that lacks the fields which cannot be read at all."""
        if isinstance(data, cls):
            return data
        given = data if isinstance(data, Mapping) else {}
        part = cls.model_construct()
        for name in cls.model_fields:
            if name not in given and isinstance(data, Mapping):
                continue
            try:
                part.__dict__[name] = _reader(cls, name).validate_python(given[name])
            except (KeyError, ValidationError):
                part.__dict__[name] = _partly(cls.model_fields[name].annotation, given.get(name))
            if part.__dict__[name] is _UNREAD:
                del part.__dict__[name]
        return part


_UNREAD = object()


def is_read(part: Part, *names: str) -> bool:
    """Say whether all these fields of a part have a value, be it their default."""
    return all(name in part.__dict__ for name in names)


@cache
def _reader(part: type[Part], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(part.model_fields[name].rebuild_annotation())


def unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Return a type without ``Annotated`` and ``| None``, and all that was said about it."""
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        bare, more = unwrapped(inner)
        return bare, [*more, *said]
    if get_origin(annotation) in (UnionType, Union):
        members = [member for member in get_args(annotation) if member is not NoneType]
        if len(members) == 1:
            return unwrapped(members[0])
    return annotation, []


def _partly(annotation: Any, value: object) -> Any:
    """Return what can be read of a part or of a collection of parts, else ``_UNREAD``."""
    bare, _ = unwrapped(annotation)
    members = [inner for inner in get_args(bare) if inner is not Ellipsis]
    if isinstance(bare, type) and issubclass(bare, Part):
        return bare.as_far_as_readable(value)
    inner = unwrapped(members[-1])[0] if members else None
    if not (isinstance(inner, type) and issubclass(inner, Part)):
        return _UNREAD
    if isinstance(value, list | tuple) and get_origin(bare) is tuple:
        return tuple(inner.as_far_as_readable(item) for item in value)
    if isinstance(value, Mapping) and get_origin(bare) is dict:
        return {name: inner.as_far_as_readable(item) for name, item in value.items()}
    return _UNREAD


def _detail(where: tuple[Step, ...], text: str, given: object) -> InitErrorDetails:
    return InitErrorDetails(
        type=PydanticCustomError(MISTAKE, "{text}", {"text": text}), loc=where, input=given
    )
