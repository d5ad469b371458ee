from __future__ import annotations

import random

from newscrawl.archive import Archive, similar
from newscrawl.items import Article
from tests.archive.conftest import LATER, made, save, words

FLAGGED = "SELECT id, duplicate_of FROM articles ORDER BY id"


def article(n: int, day: int, body: str, **values: object) -> Article:
    url = f"https://report.az/{n}"
    return made(url=url, headline=f"H{n}", body=body, published_at=f"2025-11-{day:02}T12:00:00+00:00", **values)


def edited(text: str, changes: int) -> str:
    """`text` with so many words replaced, far enough from each other to break three shingles each."""
    parts = text.split()
    for n in range(changes):
        parts[n * 4 + 2] = f"edit{n}"
    return " ".join(parts)


def flagged(archive: Archive) -> list[tuple[int, int | None]]:
    return archive.conn.execute(FLAGGED).fetchall()


def test_a_nearly_equal_text_points_to_the_earlier_one(archive: Archive) -> None:
    text = words(1, 100)
    # Two edits leave 92 of 104 runs of three words (0.88), six leave 80 of 116 (0.69)
    for n, body in enumerate([text, words(2, 100), edited(text, 2), edited(text, 6)]):
        save(archive, article(n, 10, body))
    assert flagged(archive) == [(1, None), (2, None), (3, 1), (4, None)]


def test_the_window_is_three_days(archive: Archive) -> None:
    text = words(1, 100)
    save(archive, article(1, 10, text))
    save(archive, article(2, 13, edited(text, 1)))
    save(archive, article(3, 14, edited(text, 2)))
    assert flagged(archive) == [(1, None), (2, 1), (3, None)]


def test_another_site_is_none(archive: Archive) -> None:
    save(archive, article(1, 10, words(1, 100)))
    save(archive, article(2, 10, words(1, 100), site="oxu"))
    assert flagged(archive) == [(1, None), (2, None)]


def test_short_texts_are_not_compared(archive: Archive) -> None:
    save(archive, article(1, 10, words(1, 19)))
    save(archive, article(2, 10, words(1, 19)))
    assert flagged(archive) == [(1, None), (2, None)]


def test_an_earlier_one_that_comes_late_becomes_the_root(archive: Archive) -> None:
    text = words(1, 100)
    save(archive, article(1, 11, text))
    save(archive, article(2, 12, edited(text, 1)))
    save(archive, article(3, 10, edited(text, 1) + " end"))
    assert flagged(archive) == [(1, 3), (2, 3), (3, None)]


def test_a_text_that_becomes_different_is_one_no_longer(archive: Archive) -> None:
    text = words(1, 100)
    save(archive, article(1, 10, text))
    save(archive, article(2, 11, edited(text, 1)))
    assert save(archive, article(2, 11, words(2, 100)), LATER)[2] == "changed"
    assert flagged(archive) == [(1, None), (2, None)]
    # The fingerprints are those of the new text
    save(archive, article(3, 11, edited(words(2, 100), 1)))
    assert flagged(archive) == [(1, None), (2, None), (3, 2)]
    assert archive.conn.execute("SELECT count(*) FROM fingerprints").fetchone() == (3 * similar.SKETCH_SIZE,)


def test_a_root_that_becomes_a_duplicate_hands_on_its_own(archive: Archive) -> None:
    a, b = words(1, 100), words(2, 100)
    save(archive, article(1, 10, a))
    save(archive, article(2, 11, b))
    save(archive, article(3, 12, edited(b, 1)))
    assert flagged(archive) == [(1, None), (2, None), (3, 2)]
    save(archive, article(2, 11, edited(a, 1)), LATER)
    assert flagged(archive) == [(1, None), (2, 1), (3, 1)]


def test_without_a_time_the_first_sight_counts(archive: Archive) -> None:
    save(archive, article(1, 10, words(1, 100)))
    save(archive, made(url="https://report.az/2", headline="H2", body=words(1, 100), published_at=None))
    assert flagged(archive) == [(1, None), (2, 1)]


def test_jaccard_is_over_runs_of_three_words() -> None:
    a = similar.shingles(" ".join(f"w{n}" for n in range(22)))
    b = similar.shingles(" ".join(f"w{n}" for n in range(2, 24)))
    assert (len(a), len(b), len(a & b)) == (20, 20, 18)
    assert similar.jaccard(a, b) == 18 / 22
    assert similar.jaccard(a, frozenset()) == similar.jaccard(frozenset(), frozenset()) == 0.0


def test_punctuation_and_white_space_do_not_count() -> None:
    text = words(1, 30)
    assert similar.shingles(text) == similar.shingles(text.replace(" ", ", \n"))


def test_sketches_find_what_is_at_the_threshold() -> None:
    rng = random.Random(7)
    missed = tried = 0
    for _ in range(300):
        vocabulary = [f"w{rng.getrandbits(32)}" for _ in range(150)]
        changed = list(vocabulary)
        for place in rng.sample(range(150), 5):
            changed[place] = "changed"
        a, b = similar.shingles(" ".join(vocabulary)), similar.shingles(" ".join(changed))
        if similar.jaccard(a, b) >= similar.THRESHOLD:
            tried += 1
            missed += len(set(similar.sketch(a)) & set(similar.sketch(b))) < similar.SHARED
    assert tried > 200
    assert missed == 0
