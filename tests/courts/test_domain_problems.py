"""What is wrong with a policy: every mistake, its place, and what is allowed."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.courts.domain import PRESETS, policy_problems, preset, read_policy
from youthcourt.errors import CourtRuleBroken


def document(slug="tx-midland"):
    """Return a fresh good document to spoil."""
    return json.loads(preset(slug).model_dump_json(exclude_none=True))


def put(*path_and_value):
    """Return a function that writes a value at a path of a document."""
    *path, last, value = path_and_value

    def spoil(target):
        for step in path:
            target = target[step]
        target[last] = value

    return spoil


def drop(*path):
    """Return a function that removes what is at a path of a document."""

    def spoil(target):
        for step in path[:-1]:
            target = target[step]
        del target[path[-1]]

    return spoil


# Where it shows, how it gets there, and words its sentence must hold.
MISTAKES = {
    "name": (drop("name"), "missing"),
    "jury.quorum": (put("jury", "quorum", 5), "rise or stay the same"),
    "jury.foreperson": (put("jury", "foreperson", "yes"), "true or false"),
    "jury.quorom": (put("jury", "quorom", 4), 'Did you mean "quorum"?'),
    "forum.decision": (put("forum", "decision", "unanimus"), 'Did you mean "unanimous"?'),
    "session.weekday": (put("session", "weekday", 7), "The most is 6"),
    "session.ends_at": (put("session", "ends_at", "16:00:00"), "later than the start (17:00)"),
    "session.bring": (put("session", "bring", ""), "empty"),
    "steps": (put("steps", ["contacted", "screened"]), "contacted, screened, intake_done"),
    "classes.Rank 1.order": (put("classes", 0, "order", 0), "The least is 1"),
    "classes.Rank 2.quantities.jury.min": (
        put("classes", 1, "quantities", "jury", {"min": 4, "max": 3}),
        "The least (4) is more than the most (3)",
    ),
    "classes.Rank 3.quantities.community_service.max": (
        put("classes", 2, "quantities", "community_service", {"min": 15, "max": 25}),
        "For 25 hours write 1500",
    ),
    "classes.Rank 4.quantities.essays": (
        put("classes", 3, "quantities", "essays", {"max": 1}),
        'Did you mean "essay"?',
    ),
    "classes.Rank 4.offences.2": (
        put("classes", 3, "offences", 1, "Seat belt"),
        "An offence belongs to one class",
    ),
    "sanctions.1.unit": (put("sanctions", 0, "unit", "sessions"), "Allowed: minutes"),
    "sanctions.4.label": (put("sanctions", 3, "label", "Traffic education class"), "already"),
    "eligibility.plea.when.value": (
        put("eligibility", 2, "when", "value", "guilty"),
        "true or false",
    ),
    "eligibility.two_years.when.any_of.2.field": (
        put("eligibility", 3, "when", "any_of", 1, "field", "earlier_months"),
        'Did you mean "earlier_case_months"?',
    ),
    "deadlines.1": (put("deadlines", 0, "months", 3), "either days or months"),
    "credits.earns.2": (put("credits", "earns", ["jury", "class_"]), "Allowed:"),
    "credits.floor_minutes": (put("credits", "floor_minutes", 60), "The most is 0"),
    "consents.2.kind": (put("consents", 1, "kind", "admission"), "used twice"),
    "follow_up_months": (put("follow_up_months", [12, 6]), "smallest to the largest"),
    "assumed.jury.quorm": (put("assumed", "jury.quorm", "Not stated."), "no such setting"),
    "assumed.jurry": (put("assumed", "jurry", "Not stated."), 'Did you mean "jury"?'),
    "extra.3.show_at": (put("extra", 2, "show_at", "tonite"), 'Did you mean "tonight"?'),
    "colour": (put("colour", "red"), 'There is no setting "colour"'),
}


@pytest.mark.parametrize("slug", PRESETS)
def test_a_preset_has_no_problem(slug):
    """What ships is right."""
    assert policy_problems(document(slug)) == []


@pytest.mark.parametrize("place", MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_is_allowed(place):
    """One mistake gives one problem, where it is, in words that help."""
    spoil, words = MISTAKES[place]
    spoiled = document()
    spoil(spoiled)
    found = policy_problems(spoiled)
    assert [problem.place for problem in found] == [place]
    assert words in found[0].message
    assert found[0].message.endswith(".")


def test_all_mistakes_are_told_at_once():
    """Nobody has to correct a file twenty times to learn of the next mistake."""
    spoiled = document()
    for spoil, _ in MISTAKES.values():
        spoil(spoiled)
    assert {problem.place for problem in policy_problems(spoiled)} >= set(MISTAKES)


@given(places=st.sets(st.sampled_from(sorted(MISTAKES)), max_size=5))
def test_no_mistake_hides_another(places):
    """Whatever mistakes there are, each of them is told and no other."""
    spoiled = document()
    for place in places:
        MISTAKES[place][0](spoiled)
    assert {problem.place for problem in policy_problems(spoiled)} == places


def test_problems_come_in_the_order_of_the_settings():
    """A coordinator reads the list beside the file from top to bottom."""
    spoiled = document()
    for place in ("jury.foreperson", "name", "colour", "deadlines.1"):
        MISTAKES[place][0](spoiled)
    found = [problem.place for problem in policy_problems(spoiled)]
    assert found == ["name", "jury.foreperson", "deadlines.1", "colour"]


def test_a_class_named_in_a_condition_must_exist():
    """A rule about class E of a court without one is a mistake."""
    spoiled = document("fl-charlotte")
    spoiled["eligibility"][0]["when"] = {
        "any_of": [{"field": "offence_class", "op": "in", "value": ["A", "E"]}]
    }
    (found,) = policy_problems(spoiled)
    assert found.place == "eligibility.djj_referral.when.any_of.1.value"
    assert "Allowed: A, B, C, D." in found.message


def test_a_range_needs_the_sanction_it_speaks_of():
    """A range for something the court cannot order has no unit."""
    spoiled = document("fl-charlotte")
    spoiled["classes"][0]["quantities"]["restitution"] = {"max": 10000}
    (found,) = policy_problems(spoiled)
    assert found.place == "classes.A.quantities.restitution"
    assert "exactly one sanction" in found.message


def test_a_rule_that_chooses_the_class_needs_lists_of_offences():
    """Charlotte's grid names no offence, so nothing but staff can choose."""
    spoiled = document("fl-charlotte")
    spoiled["class_chosen_by"] = "rule"
    assert [problem.place for problem in policy_problems(spoiled)] == ["class_chosen_by"]


def test_a_done_or_not_done_sanction_has_no_range():
    """Three of nothing cannot be ordered."""
    spoiled = document("fl-charlotte")
    spoiled["sanctions"][4]["range"] = {"max": 3}
    assert [problem.place for problem in policy_problems(spoiled)] == ["sanctions.5.range"]


def test_a_time_with_a_zone_is_refused():
    """Planned times are those on the clock of the court."""
    spoiled = document()
    spoiled["session"]["starts_at"] = "17:00:00+02:00"
    assert [problem.place for problem in policy_problems(spoiled)] == ["session.starts_at"]


@pytest.mark.parametrize("version", [None, 2, "one"])
def test_a_wrong_version_is_told_beside_the_other_mistakes(version):
    """Without a version the rest of the file is still read."""
    spoiled = document()
    spoiled["schema_version"] = version
    spoiled["jury"]["foreperson"] = 1
    found = [problem.place for problem in policy_problems(spoiled)]
    assert found == ["schema_version", "jury.foreperson"]


@pytest.mark.parametrize("data", [None, 1, "policy", [], [{}]])
def test_what_is_no_table_is_one_problem_with_the_whole_file(data):
    """A list or a word is not a policy."""
    (found,) = policy_problems(data)
    assert found.place == ""
    assert "table of settings" in found.message


def test_conditions_nested_without_end_are_a_problem_and_no_crash():
    """A file made to break the reader is answered in one sentence."""
    condition = {"field": "admits", "op": "eq", "value": True}
    for _ in range(2_000):
        condition = {"none_of": [condition]}
    spoiled = document()
    spoiled["eligibility"][0]["when"] = condition
    assert policy_problems(spoiled)
    with pytest.raises(CourtRuleBroken):
        read_policy(spoiled)


def test_reading_a_bad_document_refuses_with_every_problem():
    """The refusal carries the whole list, for screens and for the command line."""
    spoiled = document()
    spoiled["name"] = 7
    spoiled["jury"]["quorum"] = 5
    with pytest.raises(CourtRuleBroken) as caught:
        read_policy(spoiled)
    assert caught.value.code == "policy_invalid"
    assert caught.value.params["count"] == 2
    assert caught.value.params["problems"] == tuple(policy_problems(spoiled))


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)


def places_in(node, path=()):
    """Yield the path of everything inside a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places_in(inner, (*path, key))


ALL_PLACES = {slug: list(places_in(document(slug))) for slug in PRESETS}


@given(data=st.data(), slug=st.sampled_from(PRESETS), value=junk)
def test_junk_anywhere_is_told_or_is_a_good_policy(data, slug, value):
    """No content makes the check fail, and what it passes can be read."""
    spoiled = copy.deepcopy(document(slug))
    put(*data.draw(st.sampled_from(ALL_PLACES[slug])), value)(spoiled)
    problems = policy_problems(spoiled)
    assert all(problem.message for problem in problems)
    if not problems:
        assert read_policy(spoiled).slug


def test_spanish_stands_at_a_place_that_families_read():
    """Not at a place without words, nor at one that is not there."""
    spoiled = document()
    spoiled["spanish"] |= {"jury.quorum": "seis", "consents.9.text": "Nada"}
    found = [problem.place for problem in policy_problems(spoiled)]
    assert found == ["spanish.consents.9.text", "spanish.jury.quorum"]
