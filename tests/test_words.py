"""What the catalogue never says, because an office says it otherwise, and how sentences are put together."""

import re

import polib
import pytest

from devtools import messages
from devtools.messages import PLACEHOLDER, translation

# Each with what the office says in its place.
NEVER = {
    r"\boleh jam\b|\bjam menutup": "otomatis oleh sistem",
    r"ditanggung unit": "menunggu unit penilai",
    r"tidak melihat nilai": "dibayar tanpa memperhitungkan nilai",
    r"untuk semua jalan": "tidak dapat diubah lagi",
    r"\bdijalani\b": "dilaksanakan",
    r"\b(ter|di|meng)undi|\bundian|\bundi\b": "pengambilan sampel acak",
    r"\bbenih": "bilangan awal (seed)",
    r"berputusan": "sudah ada putusan",
    r"yang sudah terjadi": "Riwayat",
    r"\b(pe|di|me)?rilis\b": "mengesahkan, pengesahan",
    r"memfinalkan|difinalkan": "menetapkan",
    r"(?<!pintasan )\bpapan ketik": "Pintasan papan ketik",
    r"\bperaga\b": "contoh",
    r"antrean pekerjaan": "sistem",
}
# What is a row of work and what is a week without anything to look at: by what the English says.
NEVER_FOR = {
    r"activit|\bdrawn\b|sample|verdict": r"\bbaris",
    r"\bclean\b": r"\bbersih\b",
}
PEOPLE = "name|names|maker|checker|releaser|by|who|person|holder"


def catalogue():
    return [entry for entry in polib.pofile(str(messages.PO)) if not entry.obsolete]


@pytest.mark.parametrize("word", NEVER)
def test_the_catalogue_says_it_as_an_office_would(word):
    found = [
        translation(entry) for entry in catalogue() if re.search(word, translation(entry), re.IGNORECASE)
    ]

    assert (found, NEVER[word]) == ([], NEVER[word])


@pytest.mark.parametrize("said", NEVER_FOR)
def test_what_the_english_calls_so_has_no_other_indonesian_word(said):
    about = [entry for entry in catalogue() if re.search(said, entry.msgid, re.IGNORECASE)]

    assert about
    assert [
        translation(entry)
        for entry in about
        if re.search(NEVER_FOR[said], PLACEHOLDER.sub("", translation(entry)), re.IGNORECASE)
    ] == []


def test_no_sentence_ends_behind_the_name_of_a_person():
    """A name may end in “S.E.”: it stands inside the sentence, or records.sentences.ended ends it."""
    ends = re.compile(rf"%\(({PEOPLE})\)s”?\.(\s|$)")
    texts = [text for entry in catalogue() for text in (entry.msgid, entry.msgid_plural, translation(entry))]

    assert [text for text in texts if ends.search(text)] == []


def test_of_many_names_the_first_are_said_by_one_sentence_alone():
    """records.sentences.named has the one message that counts the others."""
    said = [entry.msgid for entry in catalogue() if re.search(r"and %\(\w+\)s more", entry.msgid)]

    assert said == ["%(names)s and %(more)s more"]
