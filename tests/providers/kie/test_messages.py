from django.test import SimpleTestCase

from studio.providers.kie import messages
from studio.providers.kie.messages import Family, meaning_of


class MessagesTests(SimpleTestCase):
    def test_every_code_of_the_upstream_has_a_sentence(self) -> None:
        known = {
            200,
            400,
            401,
            402,
            404,
            405,
            408,
            409,
            413,
            422,
            429,
            430,
            433,
            451,
            455,
            500,
            501,
            503,
            505,
            531,
            550,
        }
        self.assertLessEqual(known, messages.CODES.keys())
        for meaning in messages.CODES.values():
            self.assertRegex(meaning.sentence, r"^[A-Z].+\.$")

    def test_refused_content_is_told_apart_by_its_words(self) -> None:
        for code, words in (
            (400, "Your content was flagged by OpenAI as violating content policies"),
            (422, "The prompt contains SENSITIVE words"),
            (500, "Rejected by moderation"),
            (531, "NSFW content"),
            (451, "The reference image violates our policy"),
        ):
            self.assertIs(meaning_of(code, words), messages.POLICY)
        self.assertIsNot(meaning_of(429, "too many flagged requests"), messages.POLICY)
        self.assertIsNot(meaning_of(401, "sensitive"), messages.POLICY)

    def test_codes_that_serve_several_ends_are_told_apart_by_their_words(self) -> None:
        maintained = "The server is currently being maintained, please try again later~"
        self.assertIs(meaning_of(500, maintained), messages.MAINTENANCE)
        self.assertIs(meaning_of(503, maintained), messages.MAINTENANCE)
        self.assertIs(meaning_of(500, "This interface is temporarily paused"), messages.SWITCHED_OFF)
        self.assertIs(meaning_of(429, "The current credits are insufficient. Please top up."), messages.NO_CREDITS)
        self.assertIs(meaning_of(422, "recordInfo is null"), messages.NO_RECORD)
        self.assertIs(meaning_of(422, "model cannot be null").family, Family.REFUSED)

    def test_a_code_that_nobody_knows_is_the_upstreams_fault_from_500_on(self) -> None:
        self.assertIs(meaning_of(599), messages.BROKEN)
        for code in (0, -1, 201, 302, 418, 499):
            self.assertIs(meaning_of(code), messages.REFUSED)
