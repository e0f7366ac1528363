"""What is true of names, birth dates, likeness and merging."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthcourt.errors import CourtRuleBroken
from youthcourt.people.domain import (
    NAME_LIMIT,
    Level,
    Likeness,
    PersonName,
    PersonTraits,
    age_on,
    age_range_on,
    check_age,
    check_birth_date,
    check_past_day,
    fold,
    likely_duplicate,
    merge_preview,
    search_key,
    search_words,
    tidy_name,
)
from youthcourt.people.domain.contacts import dialled

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))
TODAY = date(2025, 6, 2)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("jose nunez", "José Núñez"),
        ("OBRIEN", "O’Brien"),
        ("o'brien", "O\u02bcBrien"),
        ("jean luc", "Jean-Luc"),
        ("soren oster", "Søren Øster"),
        ("lukasz", "Łukasz"),
        ("strasse", "Straße"),
        ("aisha", "Ａｉｓｈａ"),
        ("nguyen thi huong", "Nguyễn Thị Hương"),
        ("istanbul", "İstanbul"),
        ("محمد", "مُحَمَّد"),
        ("иван", "ИВАН"),
        ("김민준", "김민준"),
        ("प्रिया", "प्रिया"),
    ],
)
def test_what_a_clerk_types_finds_the_name_as_written(typed: str, stored: str) -> None:
    """Case, accents, apostrophes, hyphens and width never hide a person."""
    assert fold(typed) == fold(stored)


def test_folding_keeps_the_vowel_signs_of_other_scripts() -> None:
    """Two names that differ in a vowel sign of Devanagari or a voiced kana stay apart."""
    assert fold("किरण") != fold("करण")
    assert fold("かの") != fold("がの")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A stored key can be folded again without harm."""
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_composed_and_decomposed_spellings_fold_alike(text: str) -> None:
    """The keyboard a name was typed on does not matter."""
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_letters_fold_the_same_beside_accented_ones(text: str) -> None:
    """The short way for ASCII and the long way agree."""
    assert fold(f"É {text}") == f"e {fold(text)}".strip()


def test_the_search_key_does_not_depend_on_name_order() -> None:
    """Given and family name in the wrong boxes still meet."""
    assert search_key("María José", "García-López") == search_key("Garcia Lopez", "Maria Jose")
    assert search_key() == ""


def test_a_hyphenated_name_is_found_by_its_parts_and_as_one_word() -> None:
    """Families write the same name in three ways."""
    assert search_words("Jean-Luc  O'Neil") == ("jean", "luc", "jeanluc", "oneil")


def test_a_tidy_name_has_single_spaces_and_keeps_its_letters() -> None:
    """Nothing but spaces is changed in a name, formulas and emoji included."""
    assert tidy_name("  Ana \t María ") == "Ana María"
    assert tidy_name("=cmd()") == "=cmd()"
    assert tidy_name("Zoë 🌟") == "Zoë 🌟"
    assert tidy_name("x" * NAME_LIMIT) == "x" * NAME_LIMIT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 201, "name_too_long"),
        ("x" * 10_000, "name_too_long"),
        ("Ana\u202egnp", "name_has_control_characters"),
        ("Ana\x00", "name_has_control_characters"),
        ("Ana\u200bMaria", "name_has_control_characters"),
    ],
)
def test_a_name_that_is_too_long_or_hides_characters_is_refused(text: str, code: str) -> None:
    """The refusal names the field."""
    with pytest.raises(CourtRuleBroken) as refused:
        tidy_name(text, "given_names")
    assert (refused.value.code, refused.value.field) == (code, "given_names")


@pytest.mark.parametrize(
    ("name", "first", "full", "filed", "initials"),
    [
        (PersonName(given="Ana María", family="Ruiz"), "Ana", "Ana María Ruiz", "Ruiz, Ana María",
         "A.R."),
        (PersonName(given="Benjamin", family="Okafor", called="Benji"), "Benji",
         "Benjamin Okafor", "Okafor, Benjamin", "B.O."),
        (PersonName(family="Okafor"), "", "Okafor", "Okafor", "O."),
        (PersonName(called="Kit"), "Kit", "Kit", "Kit", "K."),
        (PersonName(), "", "", "", ""),
        (PersonName(given="'Etta", family="de la Cruz"), "'Etta", "'Etta de la Cruz",
         "de la Cruz, 'Etta", "E.D."),
        (PersonName(given="n\u0303andu", family="Vu"), "n\u0303andu", "n\u0303andu Vu",
         "Vu, n\u0303andu", "N\u0303.V."),
    ],
)  # fmt: skip
def test_a_name_is_shown_in_four_ways(
    name: PersonName, first: str, full: str, filed: str, initials: str
) -> None:
    """The first name alone never contains the family name."""
    assert (name.first, name.full, name.filed, name.initials) == (first, full, filed, initials)


def test_a_leap_day_child_has_a_birthday_on_the_first_of_march() -> None:
    """In common years; in leap years on the day itself."""
    born = date(2008, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 16
    assert age_on(born, date(2025, 3, 1)) == 17
    assert age_on(born, date(2024, 2, 29)) == 16


@given(DAYS, DAYS)
def test_a_birthday_makes_a_person_one_year_older(born: date, day: date) -> None:
    """The age grows by nought or one from one day to the next, and by one in a year."""
    later = age_on(born, day + timedelta(days=1))
    assert later - age_on(born, day) in {0, 1}
    if (day.month, day.day) != (2, 29):
        assert age_on(born, day.replace(year=day.year + 1)) == age_on(born, day) + 1


@given(DAYS, DAYS, DAYS)
def test_a_stated_age_gives_a_range_that_holds_the_true_age(
    born: date, stated_on: date, day: date
) -> None:
    """Whoever told the truth about the age is within the range on every other day."""
    stated = age_on(born, stated_on)
    if stated < 0 or age_on(born, day) < 0:
        return
    span = age_range_on(stated, stated_on, day)
    assert span.youngest <= age_on(born, day) <= span.oldest
    assert span.oldest - span.youngest <= 1


@given(st.integers(0, 99), DAYS)
def test_on_the_day_of_the_statement_the_age_is_what_was_said(stated: int, day: date) -> None:
    """No range is made where the age is known."""
    assert age_range_on(stated, day, day).age == stated


def test_a_stated_age_a_year_later_is_one_more_and_in_between_is_open() -> None:
    """A youth who was 15 in January is 15 or 16 in June and 16 next January."""
    assert age_range_on(15, date(2025, 1, 10), date(2025, 6, 1)).age is None
    assert age_range_on(15, date(2025, 1, 10), date(2026, 1, 10)).age == 16


@pytest.mark.parametrize(
    ("born", "offence", "code"),
    [
        (date(2025, 6, 3), None, "birth_date_in_future"),
        (date(2024, 2, 1), date(2024, 1, 1), "birth_date_after_offence"),
        (date(2021, 1, 1), None, "age_implausible"),
        (date(1985, 1, 1), None, "age_implausible"),
        (date(1985, 1, 1), date(2015, 1, 1), "age_implausible"),
    ],
)
def test_a_birth_date_that_cannot_be_right_is_refused(
    born: date, offence: date | None, code: str
) -> None:
    """In the future, after the offence, under 5 or over 21."""
    with pytest.raises(CourtRuleBroken) as refused:
        check_birth_date(born, today=TODAY, offence_on=offence)
    assert refused.value.code == code


def test_the_age_is_judged_on_the_day_of_the_offence() -> None:
    """An old file of a youth who has grown up since can be entered."""
    check_birth_date(date(2000, 5, 1), today=TODAY, offence_on=date(2015, 5, 1))
    check_birth_date(date(1950, 5, 1), today=TODAY, respondent=False)
    with pytest.raises(CourtRuleBroken):
        check_age(22)


def person(
    given: str = "Jonathan",
    family: str = "Reyes",
    born: date | None = date(2009, 3, 7),
    phone: str = "",
) -> PersonTraits:
    """Return a youth to compare with."""
    phones = (phone,) if phone else ()
    return PersonTraits(given=given, family=family, birth_date=born, phones=phones)


OTHER_DAY = date(2007, 11, 30)


@pytest.mark.parametrize(
    ("other", "level", "reason"),
    [
        (person(), Level.LIKELY, Likeness.SAME_NAME),
        (person(given="JONATHÁN"), Level.LIKELY, Likeness.SAME_NAME),
        (person(given="Reyes", family="Jonathan"), Level.LIKELY, Likeness.NAME_ORDER_SWAPPED),
        (person(given="Jon"), Level.LIKELY, Likeness.NICKNAME),
        (person(given="Jonathon"), Level.LIKELY, Likeness.ONE_LETTER),
        (person(given="Jonahtan"), Level.LIKELY, Likeness.ONE_LETTER),
        (person(given="Jonathan Luis"), Level.LIKELY, Likeness.NAME_LEFT_OUT),
        (person(born=date(2009, 7, 3)), Level.LIKELY, Likeness.DAY_AND_MONTH_SWAPPED),
        (person(born=date(2009, 3, 9)), Level.LIKELY, Likeness.BIRTH_DATE_NEAR),
        (person(born=None), Level.POSSIBLE, Likeness.SAME_NAME),
        (person(given="Jon", born=date(2009, 3, 9)), Level.POSSIBLE, Likeness.NICKNAME),
        (person(born=OTHER_DAY), Level.NONE, None),
        (person(given="Jon", born=None), Level.NONE, None),
        (person(given="Mia"), Level.NONE, None),
        (person(given="", family=""), Level.NONE, None),
    ],
)
def test_likely_duplicates_are_found_and_strangers_are_not(
    other: PersonTraits, level: Level, reason: Likeness | None
) -> None:
    """The level and the reason are what a clerk would say."""
    found = likely_duplicate(person(), other)
    assert found.level is level
    assert reason in found.reasons if reason else not found.reasons


def test_a_phone_number_adds_to_a_name_and_never_decides_alone() -> None:
    """Brothers share a phone; the country code does not matter."""
    a = person(born=None, phone="+1 (202) 555-0143")
    assert likely_duplicate(a, person(phone="202 555 0143")).level is Level.LIKELY
    assert likely_duplicate(a, person(given="Mia", phone="2025550143")).level is Level.NONE
    father = person(born=date(1979, 1, 2), phone="2025550143")
    son = person(phone="2025550143")
    assert likely_duplicate(father, son).level is Level.POSSIBLE


NAMES = st.sampled_from(["Ana", "Anna", "Anamaria", "José", "Jose", "Ruiz", "Ruis", "", "李"])
PEOPLE = st.builds(
    PersonTraits,
    given=NAMES,
    family=NAMES,
    birth_date=st.none() | st.sampled_from([date(2009, 3, 7), date(2009, 7, 3), OTHER_DAY]),
    phones=st.sampled_from([(), ("2025550143",), ("12025550143", "2025550100")]),
)


@given(PEOPLE, PEOPLE)
def test_likeness_is_the_same_from_both_sides(a: PersonTraits, b: PersonTraits) -> None:
    """It does not matter which entry was there first."""
    assert likely_duplicate(a, b) == likely_duplicate(b, a)


@given(PEOPLE)
def test_a_named_person_is_always_like_oneself(a: PersonTraits) -> None:
    """Entering the same youth twice is always noticed."""
    if a.given or a.family:
        assert likely_duplicate(a, a).level is not Level.NONE


def test_a_merge_shows_what_differs_and_proposes_what_is_known() -> None:
    """Equal fields are not listed; an empty field is filled; a conflict keeps the kept value."""
    kept = {"given_names": "Ana", "phone": "", "grade": "9", "sex": None}
    other = {"given_names": "Ana", "phone": "555", "grade": "10", "sex": None, "email": "a@b.c"}
    preview = merge_preview(kept, other)
    assert [(d.field, d.proposed) for d in preview.differences] == [
        ("phone", "555"),
        ("grade", "9"),
        ("email", "a@b.c"),
    ]
    assert [d.field for d in preview.conflicts] == ["grade"]
    assert [d.field for d in preview.filled] == ["phone", "email"]
    assert merge_preview(kept, kept).differences == ()


@given(day=st.dates(date(1890, 1, 1), date(2040, 1, 1)), birth=st.none() | DAYS)
def test_a_past_day_lies_between_the_fifth_birthday_and_today(day: date, birth) -> None:
    """And in this century; every other is refused with the reason that fits."""
    if day > TODAY:
        code = "day_in_future"
    elif day < date(2000, 1, 1):
        code = "day_too_long_ago"
    elif birth is not None and age_on(birth, day) < 5:
        code = "day_before_age"
    else:
        check_past_day(day, today=TODAY, birth_date=birth, field="on")
        return
    with pytest.raises(CourtRuleBroken) as refused:
        check_past_day(day, today=TODAY, birth_date=birth, field="on")
    assert (refused.value.code, refused.value.field) == (code, "on")


@pytest.mark.parametrize(
    ("typed", "dials"),
    [
        ("202-555-0101", "2025550101"),
        ("+1 (202) 555.0101", "+12025550101"),
        ("202 555 0101 ext. 12", "2025550101"),
        ("202-555-0101 x4", "2025550101"),
        ("ask at 202-555-0101", ""),
        ("5550", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_as_it_was_typed(typed: str, dials: str) -> None:
    """Without its extension; what is no number alone is dialled by hand."""
    assert dialled(typed) == dials
