"""Words find pieces in every script, the same on both databases."""

from django.db import connection

from studio.library import marks, search, trash
from studio.library.models import Asset, SearchText
from tests.base import StudioTestCase


class SearchTests(StudioTestCase):
    def found(self, words: str, **query: str) -> list[str]:
        self.sign_in(self.vera)
        page = self.client.get("/", {"q": words, **query}).context["page"]
        return [tile.title for day in page.days for tile in day.tiles]

    def test_words_are_found_by_how_they_begin(self) -> None:
        self.make_asset(prompt="A lighthouse on a cliff at dusk, gouache")
        self.make_asset(prompt="Pears and a blue jug")
        for words in ("lighthouse", "LIGHT", "cliff dusk", "goua", "l"):
            self.assertEqual(self.found(words), ["A lighthouse on a cliff at dusk, gouache"], words)
        self.assertEqual(self.found("lighthouse pears"), [])
        self.assertEqual(self.found("b j"), ["Pears and a blue jug"])

    def test_chinese_is_found_by_any_of_its_signs(self) -> None:
        self.make_asset(prompt="黄昏时悬崖上的灯塔，水粉画")
        self.make_asset(prompt="灯笼与高塔")
        for words in ("灯塔", "悬崖上的灯塔", "塔 水粉", "画", "崖"):
            self.assertEqual(self.found(words), ["黄昏时悬崖上的灯塔，水粉画"], words)
        self.assertEqual(self.found("灯"), ["灯笼与高塔", "黄昏时悬崖上的灯塔，水粉画"])
        self.assertEqual(self.found("塔"), ["灯笼与高塔", "黄昏时悬崖上的灯塔，水粉画"])
        self.assertEqual(self.found("月亮"), [])

    def test_other_scripts_and_accents(self) -> None:
        for prompt in (
            "夕暮れの灯台",
            "등대와 바다",
            "ประภาคารริมทะเล",
            "Маяк на скале",
            "Ein Leuchtturm über dem Meer",
        ):
            self.make_asset(prompt=prompt)
        for words, prompt in (
            ("灯台", "夕暮れの灯台"),
            ("바다", "등대와 바다"),
            ("ทะเล", "ประภาคารริมทะเล"),
            ("маяк", "Маяк на скале"),
            ("uber", "Ein Leuchtturm über dem Meer"),
            ("ＬＥＵＣＨＴ", "Ein Leuchtturm über dem Meer"),
        ):
            self.assertEqual(self.found(words), [prompt], words)

    def test_titles_and_lyrics_are_found_and_follow_their_changes(self) -> None:
        asset = self.make_asset(prompt="a picture", words="The harbour keeps a lamp for us")
        self.assertEqual(self.found("lamp"), ["a picture"])
        marks.rename(asset, "Harbour  Lights\n")
        self.assertEqual(self.found("lights"), ["Harbour Lights"])
        marks.rename(asset, "")
        self.assertEqual(self.found("lights"), [])

    def test_what_means_nothing_finds_nothing(self) -> None:
        self.make_asset()
        for words in ("!!!", '"', "' OR 1=1 --", "*", "NEAR(", "a AND", "\\", "灯塔" * 400, "x" * 5000, "²", "\ud7ff"):
            self.sign_in(self.vera)
            self.assertEqual(self.client.get("/", {"q": words}).status_code, 200, words)
        self.assertEqual(self.found("!!!"), [])

    def test_it_goes_with_the_filters_and_stays_in_the_team(self) -> None:
        mine = self.make_asset(prompt="a whale")
        self.make_asset(self.bob, prompt="another whale", provider="kie")
        self.make_asset(self.charlie, prompt="a stranger's whale")
        self.assertEqual(self.found("whale"), ["another whale", "a whale"])
        self.assertEqual(self.found("whale", by=str(self.alice.user_id)), ["a whale"])
        self.assertEqual(self.found("whale", engine="kie"), ["another whale"])
        trash.trash(self.team, [mine.pk])
        self.assertEqual(self.found("whale"), ["another whale"])
        self.assertEqual(self.found("whale", trash="1"), ["a whale"])

    def test_pages_follow_each_other(self) -> None:
        pieces = [self.make_asset(prompt="a whale") for _ in range(3)]
        many = [Asset(**{**fields_of(pieces[0]), "id": None, "origin": None}) for _ in range(70)]
        for one in many:
            one.pk = Asset._meta.pk.get_default()
        Asset.objects.bulk_create(many)
        search.note_all(many)
        self.sign_in(self.vera)
        first = self.client.get("/", {"q": "whale"}).context["page"]
        self.assertIn("q=whale", first.more_url)
        second = self.client.get(first.more_url).context["page"]
        days = [*first.days, *([second.continued] if second.continued else []), *second.days]
        seen = [tile.asset.pk for day in days for tile in day.tiles]
        self.assertEqual((len(seen), len(set(seen)), second.after), (73, 73, ""))

    def test_every_piece_has_one_row(self) -> None:
        asset = self.make_asset()
        search.note(asset)
        self.assertEqual(SearchText.objects.get(asset=asset).pieces, "a lighthouse on cliff")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO library_searchhit(library_searchhit) VALUES ('integrity-check')")

    def test_a_mask_is_not_found(self) -> None:
        self.make_asset(prompt="a mask of a whale", source="mask")
        self.assertEqual(self.found("whale"), [])


def fields_of(asset: Asset) -> dict[str, object]:
    return {field.attname: getattr(asset, field.attname) for field in Asset._meta.concrete_fields}
