"""Numbers as the style sheet wants them."""

from django.test import SimpleTestCase
from django.utils import translation

from studio.design.templatetags.design import columns, plain, ratio


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
