"""The sections, topics and static pages of the stand-in: addresses and display names by language."""

from __future__ import annotations

import attrs

from newscrawl.replica.languages import LANGUAGES, PREFIX, slugify


@attrs.frozen
class Section:
    """One section in one language."""

    key: str
    slug: str
    name: str


_TABLE = """
economy          | iqtisadiyyat-xeberleri = İqtisadiyyat | ekonomika = Экономика | economy = Economy
business         | biznes-xeberleri = Biznes | biznes = Бизнес | business = Business
finance          | maliyye-xeberleri = Maliyyə | finansy = Финансы | finance = Finance
energy           | energetika = Energetika | energetika = Энергетика | energy = Energy
ict              | ikt = İKT | ikt = ИКТ | ict = ICT
foreign          | xarici-siyaset = Xarici siyasət | vneshnyaya-politika = Внешняя политика |
  foreign-politics = Foreign policy
domestic-politics | daxili-siyaset = Daxili siyasət | vnutrennyaya-politika = Внутренняя политика |
  domestic-politics = Domestic policy
region           | region-xeberleri = Region | region = Регион | region = Region
other-countries  | diger-olkeler = Digər ölkələr | drugie-strany = Другие страны |
  other-countries = Other countries
infrastructure   | infrastruktur = İnfrastruktur | infrastruktura = Инфраструктура |
  infrastructure = Infrastructure
football         | futbol = Futbol | futbol = Футбол | football = Football
science-education | elm-tehsil = Elm və təhsil | nauka-i-obrazovanie = Наука и образование |
  education-and-science = Education and science
culture          | medeniyyet-xeberleri = Mədəniyyət | kultura = Культура | culture = Culture
other            | diger-xeberler = Digər | drugoe = Другое | other = Other
"""


def _sections() -> dict[str, dict[str, Section]]:
    table: dict[str, dict[str, Section]] = {language: {} for language in LANGUAGES}
    for row in _TABLE.strip().replace("\n  ", " ").splitlines():
        key, *cells = (cell.strip() for cell in row.split("|"))
        for language, cell in zip(LANGUAGES, cells, strict=True):
            slug, _, name = cell.partition(" = ")
            table[language][key] = Section(key, slug, name)
    return table


SECTIONS = _sections()
"""language -> section key -> Section"""

BY_SLUG = {language: {s.slug: s for s in by_key.values()} for language, by_key in SECTIONS.items()}

_STATIC = {
    "az": ("haqqimizda = Haqqımızda", "elaqe = Əlaqə", "reklam = Reklam"),
    "ru": ("o-nas = О нас", "kontakty = Контакты", "reklama = Реклама"),
    "en": ("about-us = About us", "contacts = Contacts", "advertising = Advertising"),
}
STATIC_PAGES = {
    language: {slug: name for slug, _, name in (entry.partition(" = ") for entry in entries)}
    for language, entries in _STATIC.items()
}
"""language -> slug -> title of a page that is no article and no listing"""

_TOPICS = {
    "az": ("İlham Əliyev", "Zəfərə gedən yol", "WUF13", "Büdcə zərfi", "Hərbi parad"),
    "ru": ("Ильхам Алиев", "Путь к победе", "WUF13", "Бюджетный пакет", "Военный парад"),
    "en": ("Ilham Aliyev", "Path to Victory", "WUF13", "Budget package", "Military Parade"),
}


def topics(language: str, base: str) -> dict[str, str]:
    """Return address -> name of the topics bar; `base` is the first path segment of a topic."""
    return {f"{PREFIX[language]}/{base}/{slugify(name)}": name for name in _TOPICS[language]}
