"""What is known of the columns that Insee publishes by neighbourhood, commune and EPCI.

Names and definitions are ours, after the dictionary of the producer; a column that it does not document is kept under
its own name, and says so. A threshold of 5 is what the files themselves keep to: none of their counts is below.
"""

from dataclasses import dataclass, replace

from comptoir.analysis.indicators.model import Direction, Kind

C, R, M, X = Kind.COUNT, Kind.RATIO, Kind.MEDIAN, Kind.INDEX
UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE
UNDOCUMENTED = "Colonne « {} », que la source ne documente pas."
EUROS = "€ par an"


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator of a published file. `code` is ours: theme and column; `column` that of the file.

    `source` names the operation behind (RP, CNAF…): its note column says why a cell is empty. `family` and
    `dimensions`: of a count that is a part of another one, which count, and which modality of what. `level`: of a
    growth, the count that grows. `headline`: its rank among the figures shown first, 0 for others. `about_people` is
    false of what counts things: equipment, dwellings.
    """

    code: str
    column: str
    theme: str
    name: str
    kind: Kind
    unit: str = ""
    source: str = ""
    definition: str = ""
    direction: Direction = NONE
    summable: bool = False
    family: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    level: str = ""
    apart: int = 1
    base: str = ""
    headline: int = 0
    about_people: bool = True


SEX = {"F": ("sexe", "Femmes"), "H": ("sexe", "Hommes")}
AGE_3 = {"25": ("âge", "Moins de 26 ans"), "2649": ("âge", "26 à 49 ans"), "50": ("âge", "50 ans et plus")}
AGE_3B = {"25": AGE_3["25"], "26A49": AGE_3["2649"], "50": AGE_3["50"]}
DIPLOMA = {
    "INFCAPBEP": ("diplôme", "Inférieur au CAP-BEP"), "CAPBEP": ("diplôme", "CAP-BEP"), "BAC": ("diplôme", "Bac"),
    "SUPBAC": ("diplôme", "Supérieur au bac"),
}  # fmt: skip
SHORT_DIPLOMA = {"INFCAP": ("diplôme", "Inférieur au CAP"), "CAP": ("diplôme", "CAP"), "BAC": DIPLOMA["BAC"],
                 "SUPBAC": DIPLOMA["SUPBAC"], "SUPCAP": ("diplôme", "Supérieur au CAP")}  # fmt: skip
SENIORITY = {f"DUR{n}": ("ancienneté", f"Classe {n}") for n in range(1, 5)}
SKILL = {f"QAL{n}": ("qualification", f"Classe {n}") for n in range(1, 6)}
NATIONALITY = {"FR": ("nationalité", "Française"), "E": ("nationalité", "Étrangère")}
CHILD_AGES = {"2": "0 à 2 ans", "3_5": "3 à 5 ans", "6_10": "6 à 10 ans", "11_14": "11 à 14 ans",
              "15_17": "15 à 17 ans", "18_24": "18 à 24 ans"}  # fmt: skip


def _ratio(theme: str, column: str, source: str, name: str, direction: Direction = NONE, head: int = 0) -> Definition:
    return Definition(f"{theme}.{column}", column, theme, name, R, "%", source, direction=direction, headline=head)


def _count(theme: str, column: str, source: str, name: str, unit: str = "personnes", head: int = 0) -> Definition:
    return Definition(
        f"{theme}.{column}", column, theme, name, C, unit, source, summable=True, family=column, headline=head
    )


def _parts(
    whole: Definition, crossings: dict[str, tuple[str, str]], *, by_sex: bool = False, documented: bool = True
) -> list[Definition]:
    """The parts of a count, by modality, and each again by sex where the file crosses them."""
    found = []
    for suffix, (dimension, modality) in crossings.items():
        column = f"{whole.column}_{suffix}"
        one = replace(
            whole, code=f"{whole.theme}.{column}", column=column, name=f"{whole.name} : {modality.lower()}",
            dimensions=((dimension, modality),), headline=0,
            definition="" if documented else UNDOCUMENTED.format(column),
        )  # fmt: skip
        found.append(one)
        if by_sex:
            found += [
                replace(
                    one, code=f"{one.code}_{letter}", column=f"{column}_{letter}", name=f"{one.name}, {sex.lower()}",
                    dimensions=((dimension, modality), ("sexe", sex)),
                )
                for letter, (_, sex) in SEX.items()
            ]  # fmt: skip
    return found


def _demography() -> list[Definition]:
    t, rp, caf = "demo", "RP", "CNAF"
    families = {
        "AM": "Monoparents", "AI": "Isolés, sans enfant", "ACSSENF": "En couple, sans enfant",
        "ACAVENF": "En couple, avec enfants",
    }  # fmt: skip
    found = [
        replace(_count(t, "POP_MUN", rp, "Population municipale", "habitants", 1), family=""),
        replace(
            _count(t, "POP_COM_QP", rp, "Population de tous les quartiers prioritaires de la commune", "habitants"),
            family="", summable=False,
        ),
        replace(_count(t, "POP_COM", rp, "Population de la commune", "habitants"), family="", summable=False),
        _ratio(t, "TX_F", rp, "Part des femmes"),
        _ratio(t, "TX_TOT_0A24", rp, "Part des moins de 25 ans", head=2),
        _ratio(t, "TX_F_0A24", rp, "Part des moins de 25 ans parmi les femmes"),
        _ratio(t, "TX_TOT_60ETPLUS", rp, "Part des 60 ans et plus", head=3),
        _ratio(t, "TX_F_60ETPLUS", rp, "Part des 60 ans et plus parmi les femmes"),
        Definition(
            f"{t}.IND_JEUNE", "IND_JEUNE", t, "Indice de jeunesse", X, "", rp, base="1 : autant des uns que des autres",
            definition="Population de 0 à 19 ans rapportée à celle de 60 ans et plus.",
        ),
        _ratio(t, "TX_TOT_MEN1", rp, "Part des ménages d'une personne", head=4),
        _ratio(t, "TX_TOT_MEN6", rp, "Part des ménages de six personnes et plus"),
        _ratio(t, "TX_TOT_ET", rp, "Part des étrangers"),
        _ratio(t, "TX_F_ET", rp, "Part des étrangères parmi les femmes"),
        _count(t, "A", caf, "Foyers allocataires de la CAF", "foyers"),
        replace(_count(t, "PERCOU", caf, "Personnes couvertes par une prestation de la CAF"), family=""),
        *(
            replace(
                _count(t, column, caf, f"Foyers allocataires de la CAF : {name.lower()}", "foyers"), family="A",
                dimensions=(("situation", name),),
            )
            for column, name in families.items()
        ),
        replace(
            _count(t, "AC3ENF", caf, "Foyers allocataires de la CAF : en couple, trois enfants et plus", "foyers"),
            family="ACAVENF", dimensions=(("enfants", "Trois et plus"),),
        ),
        replace(_count(t, "A_NETUD_24", caf, "Foyers allocataires non étudiants de moins de 25 ans", "foyers"),
                family="A", dimensions=(("jeunes", "Non étudiants de moins de 25 ans"),)),
        replace(_count(t, "A_ETUD", caf, "Foyers allocataires étudiants", "foyers"),
                family="A", dimensions=(("jeunes", "Étudiants"),)),
        _count(t, "ENF", caf, "Enfants couverts par une prestation de la CAF", "enfants"),
    ]  # fmt: skip
    children = next(one for one in found if one.column == "ENF")
    ages = {suffix: ("âge", label) for suffix, label in CHILD_AGES.items()}
    return [*found, *_parts(children, ages)]


def _employment() -> list[Definition]:
    t, rp, pe, asp = "ipro", "RP", "PE", "ASP"
    job = "Taux d'emploi des 15-64 ans"
    found = [
        _ratio(t, "TX_TOT_EMPL", rp, job, UP, 5),
        _ratio(t, "TX_F_EMPL", rp, f"{job}, femmes", UP, 6),
        _ratio(t, "TX_ET_EMPL", rp, f"{job}, étrangers", UP),
    ]
    for suffix, who in (("TOT", ""), ("F", ", femmes"), ("ET", ", étrangers")):
        found.append(_ratio(t, f"TX_{suffix}_EPREC", rp, f"Part des emplois précaires{who}", DOWN))
        found.append(_ratio(t, f"TX_{suffix}_EDLIM", rp, f"Part des emplois à durée limitée{who}", DOWN))
    everyone = _count(t, "ABCDE", pe, "Demandeurs d'emploi, catégories A à E")
    seekers = _count(t, "ABC", pe, "Demandeurs d'emploi, catégories A, B et C", head=7)
    minimum = _count(t, "ABC_RSA", pe, "Demandeurs d'emploi (A, B, C) bénéficiaires du RSA")
    jobless = _count(t, "A", pe, "Demandeurs d'emploi, catégorie A")
    found += [everyone, *_parts(everyone, SEX), seekers, *_parts(seekers, SEX), minimum, *_parts(minimum, SEX)]
    found += [jobless, *_parts(jobless, SEX), *_parts(seekers, AGE_3 | NATIONALITY)]
    found += _parts(seekers, DIPLOMA, by_sex=True)
    found += _parts(seekers, SKILL, documented=False) + _parts(seekers, SENIORITY, by_sex=True, documented=False)
    helped = _count(t, "CA", asp, "Contrats aidés", "contrats")
    unique = _count(t, "CUI", asp, "Contrats uniques d'insertion", "contrats")
    future = _count(t, "EAV", asp, "Emplois d'avenir", "contrats")
    found += [helped, *_parts(helped, SEX), unique, *_parts(unique, SEX | AGE_3B), future, *_parts(future, SEX)]
    found += [*_parts(unique, {k: v for k, v in SHORT_DIPLOMA.items() if k != "SUPCAP"})]
    found += _parts(future, {k: SHORT_DIPLOMA[k] for k in ("INFCAP", "CAP", "SUPCAP")})
    for column, name in (("CIE", "marchand"), ("CAE", "non marchand")):
        found.append(replace(_count(t, column, asp, f"Contrats uniques d'insertion, secteur {name}", "contrats"),
                             family="CUI", dimensions=(("secteur", name.capitalize()),)))  # fmt: skip
    for column, source in (("CIE_HS", asp), ("CIE_S", asp), ("CA_N_E", "ASP_E"), ("CA_N1_E", "ASP_E"),
                           ("A_N_T4", "PE_T"), ("A_N1_T4", "PE_T")):  # fmt: skip
        one = _count(t, column, source, f"Sans libellé : {column}", "")
        found.append(replace(one, summable=False, family="", definition=UNDOCUMENTED.format(column)))
    growing = {"EVOL_CA_N_E": ("CA", "ASP_E"), "EVOL_ABC_T4": ("ABC", "PE_T"), "EVOL_ABC_F_T4": ("ABC_F", "PE_T"),
               "EVOL_ABC_H_T4": ("ABC_H", "PE_T"), "EVOL_A_T4": ("A", "PE_T"), "EVOL_A_F_T4": ("A_F", "PE_T"),
               "EVOL_A_H_T4": ("A_H", "PE_T")}  # fmt: skip
    names = {one.column: one.name for one in found}
    for column, (level, source) in growing.items():
        one = _ratio(t, column, source, f"Évolution sur un an : {names[level]}")
        found.append(replace(one, level=f"{t}.{level}"))
    return found


def _income() -> list[Definition]:
    t, filo = "revn", "FILO"
    found = [
        _ratio(t, "PMIMP", filo, "Part des ménages imposés", UP),
        _ratio(t, "PART_CHOMPRINC", filo, "Part des ménages vivant surtout d'indemnités de chômage", DOWN),
        _ratio(t, "BREV", filo, "Taux de bas revenus déclarés", DOWN),
        replace(
            _ratio(t, "TP60", filo, "Taux de pauvreté", DOWN, 8),
            definition="Part des personnes sous 60 % du revenu disponible médian de France métropolitaine.",
        ),
    ]
    for code, said in (("DECUC", "revenu déclaré"), ("DISP", "revenu disponible")):
        for step, name in (("Q1", "Premier quartile"), ("Q2", "Médiane"), ("Q3", "Troisième quartile"),
                           ("D1", "Premier décile"), ("D9", "Neuvième décile")):  # fmt: skip
            head = 9 if (code, step) == ("DISP", "Q2") else 0
            found.append(Definition(
                f"{t}.{code}_{step}", f"{code}_{step}", t, f"{name} du {said}", M, EUROS, filo, headline=head,
                direction=UP, definition="Par unité de consommation : un adulte compte 1, les autres de 0,3 à 0,5.",
            ))  # fmt: skip
        found.append(Definition(f"{t}.{code}_D1D9", f"{code}_D1D9", t, f"Rapport interdécile du {said}", X, "", filo,
                                base="1 : aucun écart", direction=DOWN))  # fmt: skip
    for column, name, head in (("PACT", "revenus d'activité", 10), ("PPEN", "pensions et retraites", 0),
                               ("PPSOC", "prestations sociales", 11), ("PIMPOT", "impôts (négative)", 0),
                               ("PPAT", "revenus du patrimoine", 0)):  # fmt: skip
        found.append(_ratio(t, column, filo, f"Part du revenu disponible : {name}", head=head))
    for column, name in (("C", "Personnes couvertes par l'assurance maladie"),
                         ("CCMUC", "Personnes couvertes par la CMU-C"),
                         ("CC2S", "Personnes à la complémentaire santé solidaire"),
                         ("C_C2SNP", "Complémentaire santé solidaire sans participation"),
                         ("C_C2SP", "Complémentaire santé solidaire avec participation")):  # fmt: skip
        found.append(replace(_count(t, column, "CNAM", name), apart=2))
    for column, name in (("A", "Foyers allocataires de la CAF"), ("ARSAS", "Allocataires du RSA socle"),
                         ("AAAH", "Allocataires de l'allocation adulte handicapé"),
                         ("APPA", "Allocataires de la prime d'activité"), ("ARSA", ""),
                         ("APRES50", ""), ("APRES100", "")):  # fmt: skip
        one = _count(t, column, "CNAF", name or f"Foyers allocataires, colonne {column}", "foyers")
        found.append(one if name else replace(one, definition=UNDOCUMENTED.format(column)))
    return found


def _all() -> dict[str, Definition]:
    found = {one.code: one for one in (*_demography(), *_employment(), *_income())}
    return {code: replace(one, family=f"{one.theme}.{one.family}" if one.family else "") for code, one in found.items()}


KNOWN: dict[str, Definition] = _all()
_THEMES = ("demo", "ipro", "revn")
# Files about larger territories name the same indicators otherwise (Filosofi); the year is in the name: Q219.
_FILOSOFI = {
    "Q1": "revn.DISP_Q1", "Q2": "revn.DISP_Q2", "Q3": "revn.DISP_Q3", "D1": "revn.DISP_D1", "D9": "revn.DISP_D9",
    "PACT": "revn.PACT", "PPEN": "revn.PPEN", "PPSOC": "revn.PPSOC", "PPAT": "revn.PPAT", "PIMPOT": "revn.PIMPOT",
    "RD": "revn.DISP_D1D9",
}  # fmt: skip
# Publications whose year of reference the producer states: Filosofi 2018 (22/02/2021) and 2019 (15/02/2022); the
# population of the 2022 files is that of the 2018 census. For all others it is not known, and nothing is supposed.
_SPOKEN_OF = {("FILO", 2021): 2018, ("FILO", 2022): 2019, ("RP demo", 2022): 2018}


def definition_of(theme: str, column: str) -> Definition | None:
    """The definition of a column: of a thematic file (`demo`, `ipro`, `revn`), or of Filosofi (theme empty)."""
    if theme:
        return KNOWN.get(f"{theme}.{column.strip().upper()}")
    code = _FILOSOFI.get(column.strip().upper())
    return KNOWN[code] if code else None


def year_spoken_of(definition: Definition, published: int) -> int:
    """The year that the figures of a publication speak of, 0 where it is not known."""
    source = f"{definition.source} {definition.theme}" if definition.source == "RP" else definition.source
    return _SPOKEN_OF.get((source, published), 0)
