"""From a police charge text to an offence code by written rules; the rest stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from youthcourt.cases.domain.offences import OFFENCES

UNDECIDED = ""
"""A rule that knows the words and that they do not decide the group."""

# The first rule that matches decides, so the more exact ones come first.  A battery or assault
# that is aggravated only by who was hurt (an officer, a teacher) is not NIBRS aggravated
# assault unless a weapon or a grave injury is named, so it stays undecided.
_RULES: tuple[tuple[str, str], ...] = (
    # Not an offence of its own, or one that names its charge elsewhere.
    (r"\b(PROB\w* VIOL|VOP|VOCC|VOCR|VOHO|VOC)\b|PROB(ATION)? VIOL|VIOL\w*( OF)? (PROB|PAROLE)",
     UNDECIDED),
    (r"HOME DET|ELECTRONIC MON|ELEC MON|CONTEMPT|FUGITIVE|FAIL\w* TO APPEAR|ABSCOND", UNDECIDED),
    (r"CURFEW", "curfew"),
    # Local kinds.
    (r"TOBAC+O|CIGARET|VAPE|VAPING|\bVAPOR", "tobacco"),
    (r"\bCTA\b.*WO PAYING|FARE EVASION|EVAD\w* FARE|UNPAID FARE", "fare_evasion"),
    (r"TRUAN", "truancy"),
    # Homicide, sexual and other grave offences: a group only where the words fix it.
    (r"MURDER", "09A"),
    (r"MANSLAUGHTER|RECKLESS HOMICIDE", "09B"),
    (r"HOMICIDE", UNDECIDED),
    (r"PORNOGRAPH", "370"),
    (r"\bSEX|\bSX\b|LEWD|INDECEN|OBSCENE|MORAL DEC", UNDECIDED),
    (r"KIDNAP|UNLAWFUL RESTRAINT", "100"),
    (r"SOLICIT\w* FOR (A )?PROSTITUT", "40B"),
    (r"PROSTITUTION", "40A"),
    # Robbery.
    (r"ROB\w* *\(?\d|ROBB|CAR ?JACK|VEHICULAR HIJACK|SUDDEN SNATCH", "120"),
    (r"HOME INVA", UNDECIDED),
    # Arson and threats.
    (r"\bARSON(?! WPN)", "200"),
    (r"BOMB THREAT|THREAT TO BOMB|CYBERSTALK|\bSTALKING|TRANSMIT THREAT|THREAT SCHOOL", "13C"),
    (r"HARASS\w*.*THREAT|ELEC HRSMT.*THREAT|^INTIMIDATION|AGG INTIMIDATION", "13C"),
    (r"HARASS|HRSMT|CORRUPT BY THREAT|CORRUPT PUBLIC", UNDECIDED),
    # Stolen goods and vehicles before theft and weapons.
    (r"STOLEN FIREARM", "280"),
    (r"STOLEN|DEALING IN STOLEN|STOLEN PROP", "280"),
    (r"FIREARM.*(GRAND )?THEFT|THEFT (OF )?FIREARM", "23H"),
    # Burglary: NIBRS burglary is of structures; from a vehicle it is theft from a vehicle.
    (r"BURG\w*\W* *TOOL", "90Z"),
    (r"(DWELL|STRUC)\w*( OR| &)?( STRUC\w*)?( OR| &)? CON", UNDECIDED),
    (r"BURG\w*\W.*\bCON(V\w*)?\b", "23F"),
    (r"\bBUR(G|GL|GLARY|GLRY)\b|\bBER UNOCC", "220"),
    # Theft.
    (r"VEH\w* THEFT|GRAND THEFT.*(AUTO|\bMOTOR VEH)|GRAND THEFT VEH|GR THEFT AUTO|VEH GRAND THEFT",
     "240"),
    (r"USE OF CREDIT|USE CREDIT|CASH DISPENSING", "26B"),
    (r"IDENTITY THEFT|ID OF ANOTHER|ID OF ANOTHR|PERSONAL ID", "26F"),
    (r"FORGE|UTTERING|COUNTERFEIT", "250"),
    (r"DECEP|DECPTION|SWINDLE|HOME FRAUD|FIN EXPLOIT", "26A"),
    (r"FALSE PERSONAT", "26C"),
    (r"RETAIL|\bRET THEFT|FROM MERCHANT|SHOPLIFT", "23C"),
    (r"THEFT DETECT|THFT DETECT|LABOR SERVICES|THEFT DAMAGE FACILITY", UNDECIDED),
    (r"CREDIT (CARD|DEBIT)|DEBIT CARD", UNDECIDED),
    (r"\bTHE?FT\b|\bLARC\b|LARCENY|PETIT THEFT|PETTY THEFT", "23H"),
    # Damage.
    (r"(DAM|DMG).*\bFIRE\b", UNDECIDED),
    (r"CRIM\w* (DAM|DMG|DEFACE|MISCH)|DAMAGE PROP|DMG PROP|RECKLESS DAMAGE|VANDALISM|GRAFFITI",
     "290"),
    (r"DAMAGE TO (PUBLIC|RR) PROP|DAMAGE DEFACE|^OTHER DAMAGE", "290"),
    (r"(PAINT|SPRAY CAN|MARKER)", UNDECIDED),
    # Weapons before assaults, unless the weapon was used on somebody.
    (r"\bAGG.*(ASS|BATT|ASLT|BTRY).*(WEAP|FIREARM|\bFIR\b|BODILY|STRANG|\bDDLY|DISFIG|DISABL)",
     "13A"),
    (r"STRANGULATION|STRANGLE", "13A"),
    (r"(ASS(AUL)?L?T|BATT?E?R?Y?).*(DEADLY WEAP)", "13A"),
    (r"\bAGG\w* ?(ASSAU?L?T?|ASLT|BATT?\w*|BTRY|DOMESTIC BATT\w*)|DOMESTIC BATTERY AGG",
     UNDECIDED),
    (r"AGGR? DISCH|MISSILE|ARMED VIOL", UNDECIDED),
    (r"\bUUW\b|UNLAW\w* USE BLACK|WEAPON|\bWPN\b|FIREARM|HANDGUN|AMMUNITION|AIR RIFLE|\bFOID\b",
     "520"),
    (r"PELLET GUN|\bKNIFE", "520"),
    # Assaults.
    (r"UNBORN|DOG", UNDECIDED),
    (r"BATTERY|\bBATT?\b|TOUCH OR STR|SIMPLE AS|ASSAULT SIMPLE|ASS(AU)?LT ?ON\b", "13B"),
    (r"\bASSAULT\b|\bASSLT\b", UNDECIDED),
    # Drugs and drink.
    (r"PARAPH", "35B"),
    (r"\bPRESCRI|LOOK.ALIKE|IMITATIO", "35A"),
    ((r"CANN?AI?B|\bCANN\b|MARIJUANA|COCAINE|HEROIN|\bPVP\b|\bLSD\b|\bPCP\b|METH\b|METHAMPH"
     r"|XANAX|LORAZEPAM"),
     "35A"),
    (r"\bPCS\b|CONTROLL?(ED)? SUBST|DRUG POSS|^DRUGS|^MFG|NARC SCHED|NARCOTIC SCHED|BARBITURATE",
     "35A"),
    (r"DUI|UNDER INFLU|UNDER THE INFLU", "90D"),
    (r"LIQUOR|ALCOHOL|MINOR DRINKING|UNDERAGE DRINK", "90G"),
    # Public order.
    (r"PLAY GAME OF CHANCE", "39A"),
    (r"GAMBLING", UNDECIDED),
    (r"FALSE (FIRE )?ALARM|FALSE REPORT|FALSE REQUEST", "90Z"),
    (r"LOITER|PROWL", "90B"),
    (r"DISORDERLY|BREACH (OF )?(THE )?PEACE|DISTURBING PEACE", "90C"),
    (r"RESIST\w*.*(WITH|\bW) (VIOL)", UNDECIDED),
    (r"RESIST|OBSTRUCT (AN )?OFF|OBSTRUCT\w* (AN )?(OFFICER|IDENT|JUSTICE|SERVICE)|OBST OFC",
     "90Z"),
    (r"ESCAPE|DISOBEY POLICE|OBEY (PEACE|POLICE)|LITTER", "90Z"),
    (r"ANIMAL", "720"),
    # Trespass is of land and buildings; into a vehicle it is another offence.
    (r"TR[EA]SS?P?ASS?.*(VEHICLE)|TRESPASS CONV", UNDECIDED),
    (r"TR[EA]SS?PASS|\bTRESP\b|\bTRES SAFE", "90J"),
    # Traffic, outside NIBRS.
    (r"DRIVING|DRIVER|\bIVC\b|VALID LIC|OPERAT\w* (MOTOR|WITHOUT)|STOP SIGN", "traffic"),
    (r"LEAVING THE SCENE|HIT AND RUN|BICYCLE|UNATTENDED VEH|REPORT ACCIDENT", "traffic"),
)  # fmt: skip

_COMPILED = tuple((re.compile(pattern), code) for pattern, code in _RULES)

# Where the text says nothing, the section of the statute may.
_STATUTES: tuple[tuple[str, str], ...] = (
    (r"^720 ILCS 5/12-3-", "13B"),
    (r"^720 ILCS 5/16-25", "23C"),
    (r"^720 ILCS 5/18-[1-5]\b", "120"),
    (r"^720 ILCS 5/19-[13]\b", "220"),
    (r"^720 ILCS 5/21-1\b", "290"),
    (r"^720 ILCS 5/21-3\b", "90J"),
    (r"^720 ILCS 5/24-1", "520"),
    (r"^720 ILCS 5(50|70)/4", "35A"),
    (r"^720 ILCS 600/", "35B"),
    (r"^235 ILCS 5/6-(16|20)", "90G"),
    (r"^625 ILCS 5/11-501", "90D"),
)
_COMPILED_STATUTES = tuple((re.compile(pattern), code) for pattern, code in _STATUTES)

_CLASS_SUFFIX = re.compile(r"\s{2,}[FM]$")
_ORDER_TO_ARREST = re.compile(
    r"WARRANT|\bWRT\b|PICK.?UP|\bP/?U\b|P/O\b|CAPIAS|\bJPO\b|\bPK OR\b|NO BOND"
    r"|\bC(OU)?N?TS?[ :.]*\d"
)
_SEPARATORS = re.compile(r"[&/;:,*]|\s{2,}|--|\bAND\b|\b\d?\s*C(?:OU)?N?TS?[ :.]*\d")


@lru_cache(maxsize=8192)
def guess_offence(text: str, statute: str = "") -> str | None:
    """Return the code of the list that the charge text points to, or None.

    A proposal for a clerk to confirm.  A text that names several charges of different groups, an
    arrest on a warrant that names none, and everything no rule knows give None.
    """
    bare = _CLASS_SUFFIX.sub("", text.upper().replace("\u2013", "-")).strip()
    bare = re.sub(r"\bW/(O(?:UT)?\b)?", lambda m: "WO " if m[1] else "W ", bare)
    if _ORDER_TO_ARREST.search(bare):
        codes = _all_codes(bare)
        return (codes.pop() or None) if len(codes) == 1 else None
    found = next(_codes(bare), None)
    return _by_statute(statute) if found is None else found or None


def guess_nibrs(text: str, statute: str = "") -> str | None:
    """Return the NIBRS group of a charge text, or None where no rule knows it or NIBRS has none."""
    code = guess_offence(text, statute)
    return OFFENCES[code].nibrs if code else None


def _all_codes(text: str) -> set[str]:
    """Return the codes of every charge named in an order to arrest."""
    whole = next(_codes(text), None)
    if whole == UNDECIDED:
        return {UNDECIDED}
    return {code for part in _SEPARATORS.split(text) for code in _codes(part)}


def _codes(text: str) -> Iterator[str]:
    """Yield the code of the first rule that matches, then of what is left without those words."""
    plain = " ".join(re.sub(r"[-/.,:;*()]", " ", text).split())
    for rule, code in _COMPILED:
        while match := rule.search(plain):
            yield code
            plain = f"{plain[: match.start()]}|{plain[match.end() :]}"


def _by_statute(statute: str) -> str | None:
    section = re.sub(r"\.0/", "/", " ".join(statute.upper().split()))
    return next((code for rule, code in _COMPILED_STATUTES if rule.search(section)), None)
