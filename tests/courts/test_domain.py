"""The policy itself: presets, ranges, files, versions and the page about it."""

from __future__ import annotations

import json
import re
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from youthcourt.courts.document_policy import DOCUMENT, MEANINGS, document, policy_types
from youthcourt.courts.domain import (
    PRESETS,
    SCHEMA_VERSION,
    ConsentKind,
    Effect,
    ExtraRule,
    JuryRules,
    Policy,
    QuantityRange,
    SanctionKind,
    ShowAt,
    SignUp,
    Unit,
    assumed_paths,
    dump_policy,
    load_policy,
    policy_problems,
    preset,
    read_policy,
    upgrade,
)
from youthcourt.courts.domain.part import Part
from youthcourt.errors import CourtRuleBroken

ROOT = Path(__file__).parents[2]
FROZEN = Path(__file__).parent / "policies"


# --- presets ------------------------------------------------------------------------------------


def test_three_presets_ship():
    """The product ships these presets under these names."""
    assert PRESETS == ("dc-time-dollar", "fl-charlotte", "tx-midland")
    assert all(preset(slug).slug == slug for slug in PRESETS)


def test_an_unknown_preset_is_refused_with_the_names_there_are():
    """A wrong name is a refusal that says what there is."""
    with pytest.raises(CourtRuleBroken) as caught:
        preset("dc-time-dollars")
    assert caught.value.code == "preset_unknown"
    assert caught.value.params == {"slug": "dc-time-dollars", "allowed": PRESETS}


def test_time_dollar_court_asks_seven_sessions_in_120_days():
    """The DC preset holds what its sources say and marks the quorum as assumed."""
    policy = preset("dc-time-dollar")
    assert policy.range_for(SanctionKind.JURY, None) == QuantityRange(min=7, max=7)
    assert policy.counting.training_counts
    assert [(rule.days, rule.months) for rule in policy.deadlines] == [(120, None)]
    assert (policy.session.weekday, policy.session.every_weeks) == (5, 2)
    assert policy.session.rooms > 1
    assert (policy.jury.panel_target, policy.jury.quorum) == (8, 6)
    assert "jury.quorum" in assumed_paths(policy)
    assert policy.credits.unit_name == "Time Dollar"
    assert policy.credits.ordered_earns


def grid_of(policy):
    """Return per class the least and most hours of service and the least and most sessions."""
    grid = {}
    for class_ in policy.classes:
        service = policy.range_for(SanctionKind.COMMUNITY_SERVICE, class_.code)
        jury = policy.range_for(SanctionKind.JURY, class_.code)
        grid[class_.code] = (service.min / 60, service.max / 60, jury.min, jury.max)
    return grid


def test_charlotte_grid_is_stored_in_minutes_and_sessions():
    """Charlotte County's classes A to D keep their published ranges."""
    policy = preset("fl-charlotte")
    assert grid_of(policy) == {
        "A": (8, 17, 1, 2),
        "B": (15, 26, 2, 3),
        "C": (24, 37, 3, 4),
        "D": (35, 50, 4, 5),
    }
    assert policy.why_assumed("deadlines.1.days")
    assert policy.why_assumed("deadlines.1.counted_from") is None


def test_midland_seats_who_walks_in_and_keeps_its_odd_rules_as_text():
    """Midland's ranks are ranges, its odd rules are shown where they matter."""
    policy = preset("tx-midland")
    assert policy.jury.sign_up is SignUp.WALK_IN
    assert grid_of(policy) == {
        "Rank 1": (5, 10, 1, 2),
        "Rank 2": (10, 15, 2, 3),
        "Rank 3": (15, 25, 3, 4),
        "Rank 4": (25, 40, 3, 5),
    }
    at_sentence = {rule.topic for rule in policy.extra_at(ShowAt.SENTENCE)}
    assert {"Late contract", "Very high speed", "Extra jury nights"} <= at_sentence
    assert "Late contract" not in {rule.topic for rule in policy.extra_at(ShowAt.TONIGHT)}
    assert policy.counting.session_minutes == 120
    assert policy.counting.sent_home is Effect.NONE


def test_midland_finds_the_rank_of_a_listed_offence_and_guesses_nothing():
    """A listed offence gives its class whatever its capitals; anything else is for staff."""
    policy = preset("tx-midland")
    ranks = {class_.code: class_ for class_ in policy.classes}
    assert policy.class_for_offence("  Seat  BELT ") == ranks["Rank 1"]
    assert policy.class_for_offence("theft under $50") == ranks["Rank 4"]
    assert policy.class_for_offence("theft") is None
    assert preset("fl-charlotte").class_for_offence("theft") is None


@pytest.mark.parametrize("slug", PRESETS)
def test_every_rule_of_a_preset_names_one_of_its_sources(slug):
    """No source key leads nowhere, and what has none is marked as assumed."""
    policy = preset(slug)
    keys = {source.split()[0] for source in policy.sources}
    named = [rule.src for rule in policy.deadlines]
    for extra in policy.extra:
        assert extra.src, extra.topic
        named.append(extra.src)
    for rule in policy.eligibility:
        assert rule.src or policy.why_assumed(f"eligibility.{rule.code}"), rule.code
        named.append(rule.src)
    assert set(re.findall(r"S\d+", " ".join(named))) <= keys


@pytest.mark.parametrize("slug", PRESETS)
def test_consent_texts_are_versioned_and_in_short_sentences(slug):
    """Every paper has its version and no sentence of more than 25 words."""
    consents = preset(slug).consents
    assert {consent.kind for consent in consents} == set(ConsentKind)
    for consent in consents:
        assert re.fullmatch(r"\d{4}-\d+", consent.text_version)
        for sentence in re.split(r"(?<=[.?])\s", consent.text):
            assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize("slug", PRESETS)
def test_what_a_juror_reads_says_nothing_of_a_court(slug):
    """The lines a phone shows do not tell a bystander what the programme is."""
    session = preset(slug).session
    assert not re.search(
        r"court|jur|offen|judge|hearing", session.bring + session.dress, re.IGNORECASE
    )


# --- ranges and panels --------------------------------------------------------------------------

amounts = st.none() | st.integers(0, 3000)


@given(least=amounts, most=amounts, amount=st.integers(0, 4000))
def test_a_range_has_an_end_and_never_its_least_above_its_most(least, most, amount):
    """A range that can be made allows exactly what lies between its ends."""
    good = (least is not None or most is not None) and (
        least is None or most is None or least <= most
    )
    if not good:
        with pytest.raises(ValidationError):
            QuantityRange(min=least, max=most)
        return
    allowed = QuantityRange(min=least, max=most).allows(amount)
    assert allowed is ((least or 0) <= amount <= (most if most is not None else amount))


@given(seats=st.tuples(*[st.integers(1, 12)] * 4))
def test_panel_numbers_rise_from_quorum_to_most(seats):
    """Quorum <= least <= target <= most, or the policy is refused."""
    names = ("quorum", "panel_min", "panel_target", "panel_max")
    jury = preset("fl-charlotte").jury.model_dump() | dict(zip(names, seats, strict=True))
    if list(seats) == sorted(seats):
        assert JuryRules(**jury).quorum == seats[0]
    else:
        with pytest.raises(ValidationError, match="must rise"):
            JuryRules(**jury)


def test_a_class_without_its_own_range_has_that_of_the_court():
    """The range of the class comes first, then that of the court, then none."""
    policy = preset("fl-charlotte")
    document_ = json.loads(policy.model_dump_json(exclude_none=True))
    del document_["classes"][0]["quantities"]["jury"]
    without = read_policy(document_)
    assert without.range_for(SanctionKind.JURY, "A") == QuantityRange(min=1, max=5)
    assert without.range_for(SanctionKind.JURY, None) == QuantityRange(min=1, max=5)
    assert without.range_for(SanctionKind.ESSAY, "A") is None
    assert without.range_for(SanctionKind.RESTITUTION, None) is None


def test_an_unknown_class_is_refused_by_name():
    """A class the policy does not have is no reason to guess a range."""
    with pytest.raises(CourtRuleBroken) as caught:
        preset("fl-charlotte").range_for(SanctionKind.JURY, "E")
    assert caught.value.code == "offence_class_unknown"
    assert caught.value.params == {"class_code": "E"}


def test_a_policy_cannot_be_changed():
    """What was read stays as it was read."""
    with pytest.raises(ValidationError):
        preset("tx-midland").name = "Another"


def test_why_assumed_reaches_into_a_part_that_is_assumed_as_a_whole():
    """A setting inside an assumed part is assumed for the same reason."""
    policy = preset("fl-charlotte")
    assert policy.why_assumed("jury.quorum") == policy.assumed["jury"]
    assert policy.why_assumed("forum.model") is None


# --- files --------------------------------------------------------------------------------------

texts = st.text(min_size=1, max_size=30).filter(lambda t: t.encode("utf-8", "ignore"))


@pytest.mark.parametrize("slug", PRESETS)
def test_a_preset_survives_toml_and_json(slug):
    """Both forms of a policy read back as the same policy."""
    policy = preset(slug)
    assert load_policy(dump_policy(policy).encode()) == policy
    assert Policy.model_validate_json(policy.model_dump_json()) == policy
    assert load_policy(policy.model_dump_json().encode()) == policy


@given(name=texts, topic=texts, text=texts, place=texts, at=st.times())
def test_any_text_and_time_survives_toml(name, topic, text, place, at):
    """Quotes, line ends, marks and strange letters come back from a file as they were."""
    base = preset("fl-charlotte")
    session = base.session.model_copy(update={"starts_at": time(0), "ends_at": at})
    extra = ExtraRule(topic=topic, text=text, src="", show_at=ShowAt.ALWAYS)
    changes = {"name": name, "place": place, "extra": (extra,)}
    if at > time(0):
        changes["session"] = session
    policy = base.model_copy(update=changes)
    assert load_policy(dump_policy(policy).encode()) == policy


def test_a_policy_is_read_from_a_path(tmp_path):
    """A path works as well as content, with a byte-order mark and Windows line ends."""
    path = tmp_path / "court.toml"
    content = dump_policy(preset("tx-midland")).replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())
    assert load_policy(path) == preset("tx-midland") == load_policy(str(path))


@pytest.mark.parametrize(
    "content", [b"name = ", b"\xff\xfe\x00", b"{", b'{"a": 1}}', b"a = 1\na = 2"]
)
def test_a_file_that_is_no_policy_file_is_refused_with_the_reason(content):
    """Broken writing is told as such, not as missing settings."""
    with pytest.raises(CourtRuleBroken) as caught:
        load_policy(content)
    assert caught.value.code == "policy_unreadable"
    assert caught.value.params["reason"]


# --- versions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_documents_of_every_version_ever_shipped_can_be_read(version):
    """Frozen copies of stored policies load for ever and still say the same."""
    paths = sorted((FROZEN / f"v{version}").glob("*.json"))
    assert len(paths) >= 3
    for path in paths:
        stored = json.loads(path.read_text("utf-8"))
        assert stored["schema_version"] == version
        policy = read_policy(stored)
        assert policy.schema_version == SCHEMA_VERSION
        assert policy.slug == path.stem
        assert policy_problems(stored) == []
    charlotte = read_policy(json.loads((FROZEN / f"v{version}" / "fl-charlotte.json").read_text()))
    assert charlotte.range_for(SanctionKind.COMMUNITY_SERVICE, "D") == QuantityRange(
        min=2100, max=3000
    )


def test_upgrading_leaves_the_stored_document_alone():
    """A stored policy is never rewritten, not even in memory."""
    stored = json.loads((FROZEN / "v1" / "tx-midland.json").read_text("utf-8"))
    before = json.dumps(stored)
    upgrade(stored)["jury"]["quorum"] = 99
    assert json.dumps(stored) == before


@pytest.mark.parametrize("version", [None, 0, -1, SCHEMA_VERSION + 1, "1", True, 1.0])
def test_a_version_nobody_shipped_is_refused(version):
    """A policy from a newer program is not half understood."""
    with pytest.raises(CourtRuleBroken) as caught:
        upgrade({"schema_version": version})
    assert caught.value.code == "policy_version_unknown"
    assert caught.value.params["newest"] == SCHEMA_VERSION


# --- the page -----------------------------------------------------------------------------------


def test_the_page_about_the_policy_is_what_the_schema_says():
    """docs/policy.md equals its generation; run python -m youthcourt.courts.document_policy."""
    assert (ROOT / DOCUMENT).read_text("utf-8") == document()


def test_every_setting_and_choice_is_explained():
    """No field without a description, no choice without a meaning."""
    for part in (type_ for type_ in policy_types() if issubclass(type_, Part)):
        assert all(field.description for field in part.model_fields.values()), part.__name__
    for choices in (type_ for type_ in policy_types() if issubclass(type_, StrEnum)):
        assert set(MEANINGS[choices]) == set(choices)


def test_leaving_a_setting_out_is_the_only_way_to_say_none():
    """None is written by leaving out, so a setting that may be None must default to it."""
    for part in (type_ for type_ in policy_types() if issubclass(type_, Part)):
        for name, field in part.model_fields.items():
            if type(None) in get_args(field.annotation):
                assert not field.is_required(), name
                assert field.get_default() is None, name


def test_units_of_money_are_cents_on_the_page():
    """What an amount of money means is written down."""
    assert "cents" in MEANINGS[Unit][Unit.MONEY]
