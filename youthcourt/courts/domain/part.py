"""What every part of a policy is made of: frozen, closed, and able to name all its mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Self

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
    """A rule over several fields of a part; it is asked as soon as these can be read."""

    fields: tuple[str, ...]
    find: Callable[[Any], Iterable[Mistake]]


@cache
def _reader(part: type[Part], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(part.model_fields[name].rebuild_annotation())


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
            readable = set(cls.model_fields)
        except ValidationError as error:
            for found in error.errors(include_url=False):
                text = explain(found, fields=cls.model_fields)
                mistakes.append(_detail(found["loc"], text, found["input"]))
            part, readable = cls._as_far_as_readable(data)
        for check in cls.checks:
            if readable.issuperset(check.fields):
                mistakes += [_detail(m.where, m.message, None) for m in check.find(part)]
        if mistakes:
            raise ValidationError.from_exception_data(cls.__name__, mistakes)
        return part

    @classmethod
    def _as_far_as_readable(cls, data: object) -> tuple[Self, set[str]]:
        """Return an unchecked part of the readable fields alone, and their names."""
        if not isinstance(data, Mapping):
            return cls.model_construct(), set()
        values: dict[str, Any] = {}
        readable = set()
        for name, field in cls.model_fields.items():
            if name not in data:
                if not field.is_required():
                    readable.add(name)
                continue
            try:
                values[name] = _reader(cls, name).validate_python(data[name])
            except ValidationError:
                continue
            readable.add(name)
        return cls.model_construct(**values), readable


def _detail(where: tuple[Step, ...], text: str, given: object) -> InitErrorDetails:
    return InitErrorDetails(
        type=PydanticCustomError(MISTAKE, "{text}", {"text": text}), loc=where, input=given
    )
