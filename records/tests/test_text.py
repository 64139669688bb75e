import pytest
from django.core.exceptions import ValidationError

from records.text import letters, one_line, plain, prose
from records.typed import EMPTY, LineField, ReasonField, said_why

NOTHING_SAID = {
    "ten of U+200B": "\u200b" * 10,
    "ten of U+3164": "\u3164" * 10,
    "ten of U+2800": "\u2800" * 10,
    "soft hyphens": "\u00ad" * 12,
    "marks of direction": "\u202e\u2066" * 6,
    "tags": "\U000e0041" * 12,
    "NUL": "\x00" * 12,
    "points": "..........",
    "hyphens": "- - - - - -",
}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rapat\x0b dinas", "Rapat dinas"),
        ("Rapat\x00\x1f\x7f\x85 dinas", "Rapat dinas"),
        ("Ra\u00adpat\u200b\u202e di\u2066nas\ufeff", "Rapat dinas"),
        ("satu\r\ndua\rtiga\tempat", "satu\ndua\ntiga\tempat"),
        ("Ü 漢字 ½ é 🙂", "Ü 漢字 ½ é 🙂"),
    ],
)
def test_d101_what_nobody_sees_is_taken_out_and_everything_else_stays(typed, kept):
    assert plain(typed) == kept


def test_one_line_has_no_breaks_and_prose_no_edges():
    assert one_line("SKB\r\nNo.\t1 ") == "SKB No. 1"
    assert prose("\u200b \n satu\ndua \u200b") == "satu\ndua"


@pytest.mark.parametrize("typed", NOTHING_SAID.values(), ids=NOTHING_SAID)
def test_d101_what_says_nothing_is_no_reason(typed):
    with pytest.raises(ValidationError):
        ReasonField().clean(typed)
    with pytest.raises(ValidationError) as refused:
        said_why(typed, missing="Tulis alasannya.")

    assert letters(typed) == 0
    assert list(refused.value.message_dict) == ["reason"]


def test_d101_a_reason_has_ten_letters_or_digits_and_the_sentence_counts_them():
    with pytest.raises(ValidationError) as refused:
        ReasonField().clean("a-b-c 123456")

    assert refused.value.messages == ["Tulis paling sedikit 10 huruf atau angka; sekarang baru 9."]
    assert ReasonField().clean(" a-b-c\x0b 1234567\r\n") == "a-b-c 1234567"


def test_d101_a_line_says_something():
    assert LineField().clean("SKB\x0b 3\n Menteri") == "SKB 3  Menteri"
    with pytest.raises(ValidationError) as refused:
        LineField().clean("--\u200b--")

    assert refused.value.messages == [str(EMPTY)]
