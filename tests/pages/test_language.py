"""Which language a page is in."""

import pytest

from newscrawl.pages import language


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("en-GB", "en"), ("az_AZ", "az"), ("AZ", "az"), ("nb-NO", "no"), ("zh-Hans-CN", "zh"), ("rus", "ru"),
     ("English", "en"), ("x-default", None), ("", None), (None, None), ("und", None), ("{{lang}}", None)],
)  # fmt: skip
def test_tags(tag: str | None, code: str | None) -> None:
    assert language.normalise(tag) == code


@pytest.mark.parametrize(
    ("segments", "host", "code"),
    [(("ru", "x"), "example.com", "ru"), (("news",), "de.example.com", "de"),
     (("energy", "x"), "www.example.com", None), ((), "example.com", None)],
)  # fmt: skip
def test_addresses(segments: tuple[str, ...], host: str, code: str | None) -> None:
    assert language.of_url(segments, host) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nazir bildirib ki, bu məsələ ilə bağlı qərar verilib və sənəd üçün bir ay vaxt var.", "az"),
        ("Министр сообщил, что решение по этому вопросу принято и документ не изменится.", "ru"),
        ("The minister said that the decision was made and that it is final for the country.", "en"),
        ("Der Minister sagte, dass die Entscheidung gefallen ist und das Land nicht wartet.", "de"),
        ("Bakan, bu karar için bir ay süre olduğunu ve belgenin hazır olduğunu söyledi.", "tr"),
        ("大臣は月曜日に決定したと話した。", "ja"),
        ("Xyzzy", None),
        ("", None),
    ],
)
def test_texts(text: str, code: str | None) -> None:
    assert language.of_text(text) == code


def test_a_template_in_the_wrong_language_is_corrected_only_where_that_is_clear() -> None:
    russian = "Министр сообщил, что решение по этому вопросу принято и документ не изменится."
    assert language.corrected("en", russian) == "ru"
    assert language.corrected("ru", russian) == "ru"
    assert language.corrected("en", "Xyzzy plugh.") == "en"
    assert language.corrected("kl", russian) == "kl"
