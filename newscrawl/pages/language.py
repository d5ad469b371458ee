"""Which language a page is in, by what it says of itself, by its address, and as a last resort by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*$")
# Codes that are not ISO 639-1 or name one language in two ways
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "aze": "az", "rus": "ru", "eng": "en", "deu": "de",
            "ger": "de", "fra": "fr", "spa": "es", "tur": "tr"}  # fmt: skip
_NAMES = {"english": "en", "german": "de", "deutsch": "de", "russian": "ru", "azerbaijani": "az", "turkish": "tr",
          "french": "fr", "spanish": "es", "italian": "it", "polish": "pl", "dutch": "nl"}  # fmt: skip
_SCRIPTS = {"ja": "\u3040-\u30ff", "ko": "\uac00-\ud7af", "el": "\u0370-\u03ff", "he": "\u0590-\u05ff",
            "hi": "\u0900-\u097f", "ka": "\u10a0-\u10ff", "hy": "\u0530-\u058f", "th": "\u0e00-\u0e7f"}  # fmt: skip
_SMALL_WORDS = {
    "en": "the of and to in that is was for with said",
    "de": "der die und das ist nicht mit von den auch",
    "fr": "le la les des et est une dans que pour",
    "es": "el la los las que en una por del con",
    "it": "il di che la per una della sono con gli",
    "pt": "o de que os uma não para com do da",
    "nl": "de het een van en dat niet met voor zijn",
    "sv": "och att det som på är för inte med av",
    "no": "og det som på er for ikke med av til",
    "da": "og det som på er for ikke med af til",
    "pl": "w na się nie do jest że to przez oraz",
    "tr": "ve bir bu için ile olarak da de daha çok",
    "az": "və bir bu üçün ilə olub edib ki də deyib",
    "ru": "и в на что не по с из это для",
    "uk": "і в на що не з та до від це",
    "id": "yang dan di ini itu dengan untuk dari dalam tidak",
    "ms": "yang dan di ini itu dengan untuk daripada pada tidak",
    "sw": "ya wa na kwa katika ni za la kuwa cha",
    "zu": "ukuthi uma kanye futhi ngoba nje lapho khona yena wathi",
    "xh": "ukuba kunye xa kwaye ngokuba apho ukuze yena wathi kodwa",
}
_FUNCTION_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 4000
_TELLING = 0.03


def normalise(tag: str | None) -> str | None:
    """A language tag (`en-GB`, `az_AZ`, `English`) as ISO 639-1, or None where it is none."""
    if not tag:
        return None
    match = _TAG.match(tag)
    if not match:
        return _NAMES.get(tag.strip().lower())
    code = match.group(1).lower()
    code = _ALIASES.get(code, code)
    return code if len(code) == 2 else None


def of_tags(tags: Iterable[object]) -> str | None:
    """The language of the first of `tags` that names one."""
    return next((code for tag in tags if (code := normalise(str(tag)))), None)


def of_url(url_segments: tuple[str, ...], host: str) -> str | None:
    """The language that the first segment of a path (`/ru/…`) or the first label of a host (`ru.`) names."""
    known = _FUNCTION_WORDS.keys() | _SCRIPTS.keys()
    first = url_segments[0].lower() if url_segments else ""
    label = host.split(".", 1)[0]
    return next((normalise(name) for name in (first, label) if normalise(name) in known and len(name) < 6), None)


def of_text(passage: str) -> str | None:
    """The language that a text's script or its most frequent small words betray; None where they do not."""
    letters = sum(map(str.isalpha, passage[:_SAMPLE]))
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(f"[{script}]", passage[:_SAMPLE])) * 5 > letters:
            return language
    shares = _shares(passage)
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > _TELLING else None


def corrected(told: str, passage: str) -> str:
    """`told`, the language a template names, or that of the text where its small words are clearly another's."""
    shares = _shares(passage)
    best = max(shares, key=lambda language: shares[language])
    if told in shares and shares[best] > _TELLING and shares[told] * 10 < shares[best]:
        return best
    return told


def _shares(passage: str) -> dict[str, float]:
    """Language to the share of its small words in the beginning of a text."""
    words = Counter(_WORD.findall(passage[:_SAMPLE].lower()))
    total = words.total() or 1
    return {language: sum(words[word] for word in small) / total for language, small in _FUNCTION_WORDS.items()}
