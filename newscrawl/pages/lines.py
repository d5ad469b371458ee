"""Lines that stand among the paragraphs of an article and are none: invitations to share, read-also lines."""

from __future__ import annotations

import re

_SHORT = 160
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INVITATION = re.compile(
    r"(?:\b(?:share|follow|subscribe|join|sign up|like)\b|"
    r"\b(?:paylaş|bölüş|izlə|abunə|qoşul|üzv ol|takip et|katıl)|"
    r"\b(?:подпис|подел[ия]|следите|читайте нас|присоедин|вступай|делитес))",
    re.I,
)
_NETWORK = re.compile(
    r"(?:telegram|whats\s?app|facebook|twitter|instagram|youtube|tiktok|viber|linkedin|threads|google news|"
    r"newsletter|social (?:media|networks?)|sosial (?:şəbəkə|media)|телеграм|фейсбук|твиттер|инстаграм|ватсап|вайбер|"
    r"соцсет|социальн\w+ сет|\bX\b|\bTG\b|kanal|канал)",
    re.I,
)
_LABEL = re.compile(
    r"\W*(?:advertisements?|ad|sponsored|promoted|reklam|reklama|реклама|на правах рекламы|anzeige|werbung|publicité|"
    r"publicidad|pubblicità|annonse|annons|advertentie|share|share this|paylaş|paylaşın|bölüş|поделиться)\W*",
    re.I,
)
_READ_ALSO = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|more on this|related(?: (?:stories|articles|news))?|"
    r"həmçinin oxu\w*|bunu da oxu\w*|daha ətraflı|oxuyun|читайте также|читайте ещё|смотрите также|по теме|"
    r"lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|à lire aussi|lire aussi|lea también|leia também|"
    r"leggi anche|ayrıca oku\w*|czytaj (?:także|też|więcej)|"
    r"läs (?:också|mer|även)|les (?:også|mer)|lees ook|læs også)\b",
    re.I,
)
SENTENCE_END = re.compile(r"[.!?…。！？।:;][\"»”“’)」』\]]*\s*$|[\"»”“’)」』]\s*$")


def is_junk(line: str, linked: int) -> bool:
    """Whether a paragraph is a share line, a read-also line or an advertisement's label.

    `linked` of its characters are inside links. Only short ones are judged: a sentence that names Telegram stays.
    """
    if len(line) > _SHORT:
        return False
    if _LABEL.fullmatch(line):
        return True
    if _READ_ALSO.match(line) and (linked * 2 > len(line) or len(line) < 40 or line.endswith(":")):
        return True
    return _is_call(line, linked) and bool(_INVITATION.search(line)) and bool(_NETWORK.search(line))


def _is_call(line: str, linked: int) -> bool:
    """Whether a line may call the reader to do something, and does not tell what others did."""
    return linked > 0 or len(line) < 80 or line.endswith(("!", ":"))


def is_linked(line: str, linked: int) -> bool:
    """Whether a paragraph is a link, with little around it: the title of something else."""
    return linked * 10 >= len(line) * (7 if len(line) <= _SHORT else 9) and not line.endswith(":")


def size(line: str) -> int:
    """The length of a line in Latin letters: a Chinese, Japanese or Korean character says as much as three."""
    return len(line) + 2 * len(_WIDE.findall(line))


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence, not like a label."""
    return len(line) >= 80 or (size(line) > 20 and bool(SENTENCE_END.search(line)))
