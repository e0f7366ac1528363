"""Conditions and screening: yes, no, and not known."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from youthcourt.courts.domain import (
    FACTS,
    PRESETS,
    Condition,
    FactKind,
    Op,
    Outcome,
    evaluate,
    preset,
    read_policy,
    screen,
)

VALUES = {
    FactKind.NUMBER: st.integers(0, 30),
    FactKind.YES_NO: st.booleans(),
    FactKind.TEXT: st.sampled_from(["theft", "curfew", " Theft ", "23C", ""]),
}
anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.lists(st.integers(), max_size=2)
    | st.just(object())
)


def values_of(name):
    fact = FACTS[name]
    return VALUES[fact.kind] if fact.kind in VALUES else st.sampled_from(fact.choices)


@st.composite
def comparisons(draw):
    name = draw(st.sampled_from(sorted(FACTS)))
    numeric = FACTS[name].kind is FactKind.NUMBER
    op = draw(st.sampled_from(list(Op) if numeric else [Op.EQ, Op.NE, Op.IN, Op.NOT_IN]))
    if op in (Op.IN, Op.NOT_IN):
        value = tuple(draw(st.lists(values_of(name), min_size=1, max_size=3)))
    else:
        value = draw(values_of(name))
    return Condition(field=name, op=op, value=value)


conditions = st.recursive(
    comparisons(),
    lambda inner: st.builds(
        lambda group, parts: Condition.model_validate({group: tuple(parts)}),
        st.sampled_from(["all_of", "any_of", "none_of"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
known_facts = st.fixed_dictionaries({}, optional={name: values_of(name) for name in FACTS})


@given(condition=conditions, facts=st.dictionaries(st.sampled_from(sorted(FACTS)), anything))
def test_every_question_has_an_answer_whatever_the_facts(condition, facts):
    """Facts of any kind give yes, no or not known, never an error."""
    assert evaluate(condition, facts) in (True, False, None)


@given(condition=conditions, facts=known_facts, kept=st.sets(st.sampled_from(sorted(FACTS))))
def test_learning_more_never_turns_an_answer_round(condition, facts, kept):
    """What was settled with fewer facts stays so with more."""
    fewer = evaluate(condition, {name: facts[name] for name in kept & facts.keys()})
    assert fewer is None or fewer is evaluate(condition, facts)


@given(condition=conditions, facts=st.fixed_dictionaries({n: values_of(n) for n in FACTS}))
def test_with_all_facts_known_nothing_is_left_open(condition, facts):
    """Not known is said only when a fact is not known."""
    assert evaluate(condition, facts) is not None


@given(parts=st.lists(conditions, min_size=1, max_size=3), facts=known_facts)
def test_none_of_is_the_opposite_of_any_of(parts, facts):
    """None of them holds exactly when not any of them holds."""
    opposite = {True: False, False: True, None: None}
    some = evaluate(Condition(any_of=tuple(parts)), facts)
    assert evaluate(Condition(none_of=tuple(parts)), facts) is opposite[some]


@pytest.mark.parametrize(
    ("op", "value", "answers"),
    [
        ("eq", 13, (False, True, False)),
        ("ne", 13, (True, False, True)),
        ("lt", 13, (True, False, False)),
        ("le", 13, (True, True, False)),
        ("gt", 13, (False, False, True)),
        ("ge", 13, (False, True, True)),
        ("in", (12, 13), (True, True, False)),
        ("not_in", (12, 13), (False, False, True)),
    ],
)
def test_each_comparison_at_its_edge(op, value, answers):
    """Ages 12, 13 and 14 against 13."""
    condition = Condition(field="age_at_offence", op=Op(op), value=value)
    assert tuple(evaluate(condition, {"age_at_offence": age}) for age in (12, 13, 14)) == answers


def test_text_is_compared_without_regard_to_capitals_and_spaces():
    """A referral's spelling does not change the rule."""
    condition = Condition(field="offence_text", op=Op.IN, value=("Simple assault",))
    assert evaluate(condition, {"offence_text": " SIMPLE  assault"}) is True
    assert evaluate(condition, {"offence_text": "assault"}) is False


@pytest.mark.parametrize("age", [True, "15", 15.0, None, float("nan")])
def test_an_age_that_is_no_whole_number_is_not_known(age):
    """True is not one year old, and "15" is not a number."""
    condition = Condition(field="age_at_offence", op=Op.GE, value=1)
    assert evaluate(condition, {"age_at_offence": age}) is None


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"field": "admits"},
        {"field": "admits", "op": "eq"},
        {"all_of": []},
        {"field": "admits", "op": "eq", "value": True, "any_of": [{}]},
        {"field": "admits", "op": "eq", "value": "yes"},
        {"field": "admits", "op": "lt", "value": True},
        {"field": "age", "op": "eq", "value": 1},
        {"field": "priors", "op": "eq", "value": "3"},
        {"field": "priors", "op": "in", "value": "0"},
        {"field": "age_at_offence", "op": "eq", "value": [13]},
        {"field": "age_at_offence", "op": "ge", "value": True},
    ],
)
def test_a_condition_without_clear_meaning_is_refused(form):
    """Half a comparison, an unknown fact or a value of the wrong kind is no condition."""
    with pytest.raises(ValidationError):
        Condition.model_validate(form)


# --- screening ----------------------------------------------------------------------------------


def outcomes(policy, **facts):
    return {rule.code: rule.outcome for rule in screen(policy, facts)}


def test_screening_a_first_offence_of_a_fifteen_year_old():
    """Known facts settle their rules, the rest waits for staff."""
    found = outcomes(preset("dc-time-dollar"), age_at_offence=15, priors="0", admits=False)
    assert found == {
        "age": Outcome.MET,
        "first_or_second": Outcome.MET,
        "minor_offence": Outcome.ASKED,
        "admits": Outcome.NOT_MET,
        "guardian_consent": Outcome.ASKED,
    }


def test_a_forty_year_old_meets_no_age_rule():
    """Every preset turns away an adult."""
    for slug in PRESETS:
        facts = {"age_at_offence": 40, "school_enrolled": False}
        assert outcomes(preset(slug), **facts)["age"] is Outcome.NOT_MET


def test_midland_takes_the_enrolled_and_looks_back_two_years():
    """Enrolment replaces the age; an earlier case more than two years ago is forgotten."""
    midland = preset("tx-midland")
    assert outcomes(midland, age_at_offence=19, school_enrolled=True)["age"] is Outcome.MET
    assert outcomes(midland, age_at_offence=19)["age"] is Outcome.ASKED
    assert outcomes(midland, earlier_case=False)["two_years"] is Outcome.MET
    assert (
        outcomes(midland, earlier_case=True, earlier_case_months=23)["two_years"] is Outcome.NOT_MET
    )
    assert outcomes(midland, earlier_case=True, earlier_case_months=24)["two_years"] is Outcome.MET


def test_a_rule_that_may_pass_unknown_is_shown_as_unknown_and_holds_nothing_up():
    """``pass`` lets the case go on and still does not pretend the rule was met."""
    document = json.loads(preset("dc-time-dollar").model_dump_json(exclude_none=True))
    document["eligibility"][0]["unknown"] = "pass"
    rule = screen(read_policy(document), {})[0]
    assert rule.outcome is Outcome.UNKNOWN
    assert not rule.holds_up
    assert screen(preset("dc-time-dollar"), {})[0].holds_up


@given(facts=st.dictionaries(st.sampled_from(sorted(FACTS)), anything))
def test_every_rule_has_one_outcome_in_the_order_of_the_policy(facts):
    """No rule is dropped whatever is known."""
    for slug in PRESETS:
        policy = preset(slug)
        found = screen(policy, facts)
        assert [rule.code for rule in found] == [rule.code for rule in policy.eligibility]
        assert all(
            rule.outcome is Outcome.ASKED
            for rule, asked in zip(found, policy.eligibility, strict=True)
            if asked.when is None
        )
