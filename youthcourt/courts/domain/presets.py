"""The policies that ship with the product, each with its sources and their years."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from youthcourt.courts.domain.policy import Policy
from youthcourt.courts.domain.reading import load_policy
from youthcourt.errors import CourtRuleBroken

_FOLDER = files("youthcourt.courts").joinpath("presets")
_ENDING = ".toml"

PRESETS: tuple[str, ...] = tuple(
    sorted(
        entry.name.removesuffix(_ENDING)
        for entry in _FOLDER.iterdir()
        if entry.name.endswith(_ENDING)
    )
)


@cache
def preset(slug: str) -> Policy:
    """Return a policy that ships with the product; ``CourtRuleBroken`` for any other name."""
    if slug not in PRESETS:
        raise CourtRuleBroken("preset_unknown", slug=slug, allowed=PRESETS)
    return load_policy(_FOLDER.joinpath(slug + _ENDING).read_bytes())
