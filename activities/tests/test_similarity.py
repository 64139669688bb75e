from activities.similarity import Piece, likeness, nearest, side_by_side

HERE = "Mengawasi drainase di tiga lokasi, lalu rapat"
THERE = "Mengawasi drainase di dua lokasi, lalu rapat mutu"


def test_shared_words_are_told_from_those_of_one_text_only():
    assert side_by_side(HERE, THERE) == (
        [Piece("Mengawasi drainase di", True), Piece("tiga", False), Piece("lokasi, lalu rapat", True)],
        [
            Piece("Mengawasi drainase di", True),
            Piece("dua", False),
            Piece("lokasi, lalu rapat", True),
            Piece("mutu", False),
        ],
    )


def test_the_same_text_is_wholly_alike_whatever_its_case_and_commas():
    assert likeness("Rapat, mutu.", "rapat mutu") == 100


def test_texts_without_a_shared_word_are_not_alike():
    assert likeness("rapat mutu", "menyusun surat") == 0


def test_the_nearest_text_is_the_one_most_alike():
    assert nearest(HERE, ["Rapat mutu", THERE, "Menyusun surat"]) == (THERE, likeness(HERE, THERE))


def test_nothing_is_nearest_among_none():
    assert nearest(HERE, []) is None
