"""How each language writes numbers, dates, capitals and addresses."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

LANGUAGES = ("az", "ru", "en")
PREFIX = {"az": "", "ru": "/ru", "en": "/en"}

MONTHS = {
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_RU_IN_MONTH = "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре".split()

_LETTERS = {
    **dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufhye", strict=True)),
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
    "ə": "e", "ı": "i", "ö": "o", "ü": "u", "ğ": "g", "ş": "s", "ç": "c", "'": "", "’": "", ",": "", "·": "",
}  # fmt: skip
_SLUG_TABLE = str.maketrans(_LETTERS)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")


class Figure(int):
    """A whole number that prints with its thousands separated; a format spec `one|few|many` adds a Russian noun."""

    text: str

    def __new__(cls, value: int, language: str) -> Figure:
        """Make the figure as `language` prints it."""
        figure = super().__new__(cls, value)
        figure.text = f"{value:,}" if language == "en" else f"{value:,}".replace(",", " ")
        return figure

    def __str__(self) -> str:
        return self.text

    def __format__(self, spec: str) -> str:
        return f"{self.text} {russian_form(int(self), spec.split('|'))}" if spec else self.text


def russian_form(number: int, forms: list[str]) -> str:
    """Choose the noun form (for 1, for 2, for 5) that goes with a number."""
    last, teens = number % 10, number % 100 // 10 == 1
    if teens or last == 0 or last > 4:
        return forms[2]
    return forms[0] if last == 1 else forms[1]


def decimal(tenths: int, language: str) -> str:
    """Print tenths as a decimal fraction."""
    return f"{tenths // 10}{'.' if language == 'en' else ','}{tenths % 10}"


def in_month(month: int, language: str) -> str:
    """Say `in <month>`, month from 1 to 12."""
    if language == "az":
        return f"{MONTHS['az'][month - 1]} ayında"
    return f"в {_RU_IN_MONTH[month - 1]}" if language == "ru" else f"in {MONTHS['en'][month - 1]}"


def on_day(moment: datetime, language: str) -> str:
    """Say the day within a sentence: `12 mart`, `12 марта`, `on March 12`."""
    month = MONTHS[language][moment.month - 1]
    return f"on {month} {moment.day}" if language == "en" else f"{moment.day} {month}"


def upper(text: str, language: str) -> str:
    """Put text in capitals; in Azerbaijani `i` becomes `İ` and `ı` becomes `I`."""
    return text.replace("i", "İ").upper() if language == "az" else text.upper()


def capitalise(text: str, language: str) -> str:
    """Put the first letter in upper case."""
    return upper(text[:1], language) + text[1:]


def slugify(text: str) -> str:
    """Transliterate to lower-case ASCII words joined by hyphens, as the site's addresses have it."""
    lower = text.replace("İ", "i").replace("I", "i").lower().translate(_SLUG_TABLE)
    ascii_text = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text))
