"""The list of offences to choose from: the NIBRS groups and what youth courts hear besides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OffenceGroup(StrEnum):
    """Where a code of the list comes from."""

    A = "A"
    B = "B"
    LOCAL = "local"


class Against(StrEnum):
    """What NIBRS counts an offence as being against."""

    PERSON = "person"
    PROPERTY = "property"
    SOCIETY = "society"
    NONE = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offence:
    """One line of the picker.

    ``nibrs`` is the code an export carries: the code itself, the nearest NIBRS group of a local
    kind, or None where NIBRS has none (traffic, truancy, school rules).  ``withdrawn`` codes
    are read in old records and no longer offered.
    """

    code: str
    label: str
    group: OffenceGroup
    against: Against
    nibrs: str | None
    withdrawn: bool = False

    @property
    def label_key(self) -> str:
        """The key of its label in the catalogue."""
        return f"offence.{self.code}"


# Codes and names: FBI, National Incident-Based Reporting System.
_PERSON = """
09A Murder and non-negligent manslaughter
09B Negligent manslaughter
100 Kidnapping or abduction
11A Rape
11B Sodomy
11C Sexual assault with an object
11D Fondling
13A Aggravated assault
13B Simple assault
13C Intimidation
36A Incest
36B Statutory rape
64A Human trafficking, commercial sex acts
64B Human trafficking, involuntary servitude
"""
_PROPERTY = """
120 Robbery
200 Arson
210 Extortion or blackmail
220 Burglary or breaking and entering
23A Pocket-picking
23B Purse-snatching
23C Shoplifting
23D Theft from a building
23E Theft from a coin-operated machine
23F Theft from a motor vehicle
23G Theft of motor vehicle parts
23H All other larceny
240 Motor vehicle theft
250 Counterfeiting or forgery
26A False pretences, swindle or confidence game
26B Credit card or cash machine fraud
26C Impersonation
26D Welfare fraud
26E Wire fraud
26F Identity theft
26G Hacking or computer invasion
270 Embezzlement
280 Stolen property offences
290 Destruction, damage or vandalism of property
510 Bribery
"""
_SOCIETY = """
35A Drug or narcotic violations
35B Drug equipment violations
370 Pornography or obscene material
39A Betting or wagering
39B Operating, promoting or assisting gambling
39C Gambling equipment violations
39D Sports tampering
40A Prostitution
40B Assisting or promoting prostitution
40C Purchasing prostitution
520 Weapon law violations
720 Animal cruelty
"""
_NOT_A_CRIME = """
09C Justifiable homicide
"""
_GROUP_B = """
90A Bad checks
90B Curfew, loitering or vagrancy violations
90C Disorderly conduct
90D Driving under the influence
90E Drunkenness
90F Family offences, non-violent
90G Liquor law violations
90H Peeping Tom
90I Runaway
90J Trespass of real property
90Z All other offences
"""
_WITHDRAWN = frozenset({"90I"})

# What published programmes hear that NIBRS does not name.
_LOCAL = (
    ("curfew", "Curfew for minors", "90B"),
    ("fare_evasion", "Fare evasion", None),
    ("school_rule", "School rule", None),
    ("tobacco", "Tobacco or vape", None),
    ("traffic", "Traffic violation", None),
    ("truancy", "Truancy", None),
)


def _lines(block: str, group: OffenceGroup, against: Against) -> list[Offence]:
    pairs = (line.split(" ", 1) for line in block.strip().splitlines())
    return [
        Offence(
            code=code,
            label=label,
            group=group,
            against=against,
            nibrs=code,
            withdrawn=code in _WITHDRAWN,
        )
        for code, label in pairs
    ]


OFFENCES: dict[str, Offence] = {
    offence.code: offence
    for offence in (
        *_lines(_PERSON, OffenceGroup.A, Against.PERSON),
        *_lines(_PROPERTY, OffenceGroup.A, Against.PROPERTY),
        *_lines(_SOCIETY, OffenceGroup.A, Against.SOCIETY),
        *_lines(_NOT_A_CRIME, OffenceGroup.A, Against.NONE),
        *_lines(_GROUP_B, OffenceGroup.B, Against.NONE),
        *(
            Offence(
                code=code,
                label=label,
                group=OffenceGroup.LOCAL,
                against=Against.NONE,
                nibrs=nibrs,
            )
            for code, label, nibrs in _LOCAL
        ),
    )
}
"""Every code that may be stored, by code."""

# What published programmes hear most, first in the picker so that nobody scrolls past murder.
USUAL = (
    "13B",
    "13C",
    "23C",
    "23D",
    "23H",
    "280",
    "290",
    "35A",
    "35B",
    "520",
    "90C",
    "90G",
    "90J",
    "curfew",
    "fare_evasion",
    "school_rule",
    "tobacco",
    "traffic",
    "truancy",
    "90Z",
)


def offences_to_choose() -> tuple[Offence, ...]:
    """Return the offences a clerk may choose: the usual ones first, then the rest by name."""
    rest = sorted(
        (o for o in OFFENCES.values() if o.code not in USUAL and not o.withdrawn),
        key=lambda offence: offence.label,
    )
    return (*(OFFENCES[code] for code in USUAL), *rest)
