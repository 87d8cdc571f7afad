"""Numbers as the style sheet wants them."""

from django.test import SimpleTestCase
from django.utils import translation

from studio.design.templatetags.design import columns, is_long, lang, plain, ratio


class FilterTests(SimpleTestCase):
    def test_a_ratio_becomes_a_css_number(self) -> None:
        self.assertEqual(ratio("3:2"), "3/2")

    def test_fewer_pictures_are_shown_larger(self) -> None:
        self.assertEqual([columns(count, "1/1") for count in (1, 2, 4)], [2, 2, 4])

    def test_an_upright_picture_does_not_fill_the_screen(self) -> None:
        self.assertEqual([columns(count, "2/3") for count in (1, 2, 4)], [3, 3, 4])

    def test_css_numbers_keep_their_point_in_every_language(self) -> None:
        with translation.override("de"):
            self.assertEqual(plain(0.6667), "0.6667")

    def test_a_wide_letter_takes_twice_the_room(self) -> None:
        for words, expected in (("x" * 200, False), ("x" * 201, True), ("灯" * 100, False), ("灯" * 101, True)):
            self.assertIs(is_long(words), expected, words)

    def test_letters_tell_the_language_of_what_was_written(self) -> None:
        cases = {"海港为我们留着一盏灯": "zh", "灯台のある崖": "ja", "바다 위의 달": "ko", "a fox": "", "": ""}
        for words, language in cases.items():
            self.assertEqual(lang(words), f' lang="{language}"' if language else "", words)
