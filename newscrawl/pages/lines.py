"""Lines that stand among the paragraphs of an article and are none: invitations to share, read-also lines."""

from __future__ import annotations

import re

_SHORT = 160
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Forms that only invite: verbs that tell what somebody did, or nouns with the same stem, are news. English has one form
# for both, so there it counts where a clause begins, and with an object that the site can mean
_INVITATION = re.compile(
    r"(?:(?:^[^\w«„“\"]*|[.!:;,–—]\s+)(?:please |and |don['’]?t forget to |you can )?"
    r"(?:(?:follow|join|like|find|watch|read|visit)\s+(?:us|our)|follow\s+(?:\w+\s+)?on|join\s+(?:the|now|on)|like\s+on|"
    r"subscribe|sign up|share(?=\s+(?:us|this|it|on|with|the (?:news|article|story|post))\b|\s*:|\W*$))(?!\w)|"
    r"\b(?:paylaş(?:ın)?|bölüş(?:ün)?|izləyin|abunə ol(?:un|mağı unutmayın)|qoşulun|üzv olun|bəyənin|oxuyun|"
    r"takip edin|abone olun|katılın)(?=\W*$|\W*:|\W*[.!]\s|\s+(?:https?:|www\.|t\.me|@))|"
    r"\b(?:подписывайтесь|подпишитесь|не забудьте подписаться|присоединяйтесь|вступайте|следите за|делитесь|поделитесь|"
    r"читайте\s+(?:нас|наш\w*)|смотрите\s+(?:нас|наш\w*))\b|^\W*(?:подписаться|поделиться|присоединиться)\b)",
    re.I,
)
# For text in lower case: `re.I` would try each name at each letter, which takes fifteen times as long
_NETWORK = re.compile(
    r"(?:telegram|whats\s?app|facebook|twitter|instagram|youtube|tiktok|viber|linkedin|threads|google news|"
    r"newsletter|social (?:media|networks?)|sosial (?:şəbəkə|media)|телеграм|фейсбук|твиттер|инстаграм|ватсап|вайбер|"
    r"соцсет|социальн\w+ сет|x(?<!\wx)\b|tg(?<!\wtg)\b|kanal|канал)"
)
_LABEL = re.compile(
    r"\W*(?:advertisements?|ad|sponsored|promoted|reklam|reklama|реклама|на правах рекламы|anzeige|werbung|publicité|"
    r"publicidad|pubblicità|annonse|annons|advertentie|share|share this|paylaş|paylaşın|bölüş|поделиться)\W*",
    re.I,
)
_READ_ALSO = re.compile(
    r"\W*(?:read (?:also|more|next)|also read|see also|more on this|related(?: (?:stories|articles|news))?|"
    r"həmçinin oxu\w*|bunu da oxu\w*|daha ətraflı|oxuyun|читайте также|читайте ещё|смотрите также|по теме|"
    r"lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|à lire aussi|lire aussi|lea también|leia também|"
    r"leggi anche|ayrıca oku\w*|czytaj (?:także|też|więcej)|"
    r"läs (?:också|mer|även)|les (?:også|mer)|lees ook|læs også)\b",
    re.I,
)
SENTENCE_END = re.compile(r"[.!?…。！？।:;][\"»”“’)」』\]]*\s*$|[\"»”“’)」』]\s*$")
_WORDS = re.compile(r"[^\W\d_]{2}")


def is_junk(line: str, linked: int) -> bool:
    """Whether a paragraph is a share line, a read-also line or an advertisement's label.

    `linked` of its characters are inside links. Only short ones are judged: a sentence that names Telegram stays.
    """
    if len(line) > _SHORT:
        return False
    if _LABEL.fullmatch(line) or is_read_also(line, linked):
        return True
    return _is_call(line, linked) and _names_network(line) and bool(_INVITATION.search(line))


def _names_network(line: str) -> bool:
    return bool(_NETWORK.search(line.replace("İ", "i").replace("ı", "i").lower()))


def is_read_also(line: str, linked: int = 0) -> bool:
    """Whether a line is a label over other articles, or such a label with a link behind it.

    A sentence may begin with the same words: the label is alone, or ends with a colon, or most of the line is a link.
    """
    label = _READ_ALSO.match(line)
    if label is None:
        return False
    rest = line[label.end() :].lstrip()
    return not _WORDS.search(rest) or rest.startswith(":") or line.endswith(":") or linked * 2 > len(line)


def _is_call(line: str, linked: int) -> bool:
    """Whether a line may call the reader to do something, and does not tell what others did."""
    return linked > 0 or len(line) < 80 or line.endswith(("!", ":"))


def is_linked(line: str, linked: int, tail: str = "") -> bool:
    """Whether a paragraph is a link, with little around it: the title of something else.

    A line is a sentence with a long link in it where the words of `tail`, the text behind the last link, end one.
    """
    if linked * 10 < len(line) * (7 if len(line) <= _SHORT else 9) or line.endswith(":"):
        return False
    return not (SENTENCE_END.search(tail) and _WORDS.search(tail))


def is_around(line: str, linked: int, tail: str) -> bool:
    """Whether a sentence begins before its long link and ends behind it; `Source:` before a link begins none."""
    before = line[: max(0, len(line) - linked - len(tail))]
    return bool(SENTENCE_END.search(tail) and _WORDS.search(before)) and ":" not in before


def is_words(line: str) -> bool:
    """Whether there is a word in a line, not only a mark between links."""
    return bool(_WORDS.search(line))


def size(line: str) -> int:
    """The length of a line in Latin letters: a Chinese, Japanese or Korean character says as much as three."""
    return len(line) + 2 * len(_WIDE.findall(line))


def is_sentence(line: str) -> bool:
    """Whether a line has a few words and ends like a sentence."""
    return line.count(" ") > 1 and bool(SENTENCE_END.search(line))


def is_prose(line: str) -> bool:
    """Whether a line reads like a sentence, not like a label."""
    return len(line) >= 80 or (size(line) > 20 and bool(SENTENCE_END.search(line)))
