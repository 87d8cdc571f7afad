"""The Chinese studio: every word it says is translated, and compiled so that gettext reads it."""

import importlib.util
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import ClassVar
from unittest import mock
from urllib.parse import unquote

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, override_settings
from django.utils import formats, translation

from studio.accounts.models import Member, User
from studio.credits.shown import in_words
from studio.engine.illustrator.reading.read import read
from studio.setup.services import set_up
from studio.statics import catalogs
from studio.tasks import services
from studio.tasks.states import Status
from tests.base import StudioTestCase

ROOT = Path(settings.BASE_DIR)
WRITTEN = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HAN = re.compile(r"[㐀-鿿]")
UNTRANSLATED = {"Studio", "Kie"}  # names stay names


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "ops" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(words: str | Sequence[str] | None) -> tuple[str, ...]:
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def placeholders(words: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(words))


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


class CatalogueTests(SimpleTestCase):
    catalog: ClassVar[Catalog]
    tool: ClassVar[ModuleType]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.catalog, cls.tool = catalogue(WRITTEN), load_tool()

    def test_make_messages_would_change_nothing(self) -> None:
        with TemporaryDirectory() as name:
            copy = Path(name) / "zh_Hans" / "LC_MESSAGES" / "django.po"
            copy.parent.mkdir(parents=True)
            copy.write_bytes(WRITTEN.read_bytes())
            self.assertEqual(self.tool.update(copy, list(self.tool.strings())), 0)
            self.assertEqual(copy.read_text(), WRITTEN.read_text(), "run: make messages")

    def test_everything_is_translated_and_nothing_by_guess(self) -> None:
        missing = [message.id for message in messages(self.catalog) if message.fuzzy or not all(parts(message.string))]
        self.assertEqual(missing, [])

    def test_every_placeholder_is_in_its_translation(self) -> None:
        wrong = [
            (message.id, said)
            for message in messages(self.catalog)
            for said in parts(message.string)
            if placeholders(parts(message.id)[-1]) != placeholders(said)
        ]
        self.assertEqual(wrong, [])

    def test_no_translation_is_english(self) -> None:
        english = [
            said
            for message in messages(self.catalog)
            for said in parts(message.string)
            if re.search(r"[A-Za-z]", PLACEHOLDER.sub("", said)) and not HAN.search(said) and said not in UNTRANSLATED
        ]
        self.assertEqual(english, [])

    def test_it_knows_nothing_of_a_machine_or_a_day(self) -> None:
        self.assertNotRegex(WRITTEN.read_text(), r"@|POT-Creation|Revision-Date|Generated-By|^#: .*:\d|/root/|/home/")


class ToolTests(SimpleTestCase):
    def setUp(self) -> None:
        temporary = TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name)
        self.tool = load_tool()
        self.path = self.root / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
        for folder in (self.path.parent, self.root / "studio", self.root / "templates"):
            folder.mkdir(parents=True)
        self.path.write_text('msgid "Old"\nmsgstr "旧"\n\nmsgid "Kept"\nmsgstr "留"\n')
        here = mock.patch.object(self.tool, "ROOT", self.root)
        here.start()
        self.addCleanup(here.stop)

    def run_it(self) -> dict[str, str]:
        with mock.patch("sys.stdout", StringIO()):
            self.tool.main()
        own = [
            message
            for message in messages(catalogue(self.path))
            if message.locations[0][0] not in ("allauth", "django")
        ]
        return {
            " | ".join(filter(None, [message.context, *parts(message.id)])): parts(message.string)[0] for message in own
        }

    def test_it_finds_every_way_to_say_something(self) -> None:
        (self.root / "studio" / "words.py").write_text(
            "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
            'A = _("Kept")\n'
            'B = ngettext("%(n)s day", "%(n)s days", 2)\n'
            'C = pgettext_lazy("month", "May")\n'
            'raise ProviderError("Too "\n    "slow.", code="late")\n'
        )
        (self.root / "templates" / "page.html").write_text(
            "<main>\n"
            '    {% translate "It\'s here" %}\n'
            '  {% translate "Viewer" context "dialog" %}\n'
            "{% include 'x.html' with label=_('Sign in') only %}\n"
            "      {% blocktranslate with who=user %}Made by {{ who }}{% endblocktranslate %}\n"
            "{% blocktranslate count n=n %}{{ n }} task{% plural %}{{ n }} tasks{% endblocktranslate %}\n"
            "</main>\n"
        )
        expected = ["%(n)s day | %(n)s days", "%(n)s task | %(n)s tasks", "It's here", "Kept", "Made by %(who)s"]
        expected += ["Sign in", "Too slow.", "dialog | Viewer", "month | May"]
        self.assertEqual(sorted(self.run_it()), expected)

    def test_a_translation_stays_and_what_nobody_says_goes(self) -> None:
        (self.root / "templates" / "page.html").write_text('{% translate "New" %}\n{% translate "Kept" %}')
        self.assertEqual(self.run_it(), {"New": "", "Kept": "留"})
        first = self.path.read_text()
        self.run_it()
        self.assertEqual(self.path.read_text(), first)

    def test_a_line_more_above_changes_nothing(self) -> None:
        page = self.root / "templates" / "page.html"
        page.write_text('{% translate "Kept" %}')
        self.run_it()
        first = self.path.read_text()
        page.write_text('\n\n{% translate "Kept" %}')
        self.run_it()
        self.assertEqual(self.path.read_text(), first)


class CompiledTestCase(SimpleTestCase):
    """Speaks from a catalogue that was compiled just now."""

    @classmethod
    def setUpClass(cls) -> None:
        temporary = TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.made = catalogs.build(ROOT / "locale", cls.folder)
        places = override_settings(LOCALE_PATHS=[cls.folder])
        places.enable()
        cls.addClassCleanup(places.disable)
        super().setUpClass()

    folder: ClassVar[Path]
    made: ClassVar[list[Path]]


class CompileTests(CompiledTestCase):
    def test_gettext_reads_it_with_one_form_for_every_number(self) -> None:
        self.assertEqual(self.made, [self.folder / "zh_Hans" / "LC_MESSAGES" / "django.mo"])
        with self.made[0].open("rb") as file:
            words = GNUTranslations(file)
        self.assertEqual(words.gettext("Library"), "素材库")
        self.assertEqual(words.pgettext("dialog", "Viewer"), "查看器")
        for number in (0, 1, 2, 5):
            one_for_all = words.ngettext("%(count)s task ahead", "%(count)s tasks ahead", number)
            self.assertEqual(one_for_all % {"count": number}, f"前面还有 {number} 个任务")

    def test_only_what_changed_is_compiled_again(self) -> None:
        with TemporaryDirectory() as name:
            source, folder = Path(name) / "locale", Path(name) / "build"
            po = source / "zh_Hans" / "LC_MESSAGES" / "django.po"
            po.parent.mkdir(parents=True)
            po.write_text('msgid "Library"\nmsgstr "库"\n')
            made = catalogs.build(source, folder)
            self.assertEqual(len(made), 1)
            self.assertEqual(catalogs.build(source, folder), [])
            po.write_text('msgid "Library"\nmsgstr "素材库"\n')
            self.assertEqual(catalogs.build(source, folder), made)
            made[0].unlink()
            self.assertEqual(catalogs.build(source, folder), made)
            self.assertEqual(sorted(path.name for path in made[0].parent.iterdir()), [".django.stamp", "django.mo"])

    def test_what_packages_say_is_chinese_too(self) -> None:
        with translation.override("zh-hans"), self.assertRaises(ValidationError) as caught:
            validate_password("xyz")
        self.assertIn("密码太短，至少需要 12 个字符。", caught.exception.messages)

    def test_dates_and_amounts_are_written_as_the_design_does(self) -> None:
        at = datetime(2026, 11, 5, 21, 7, tzinfo=UTC)
        with translation.override("zh-hans"):
            self.assertEqual(formats.date_format(at, "DATETIME_FORMAT"), "2026年11月5日 21:07")
            self.assertEqual(formats.date_format(at, "MONTH_DAY_FORMAT"), "11月5日")
            self.assertEqual(in_words(421_850), "4,218.5 积分")

    def test_every_language_has_the_same_formats(self) -> None:
        names = [
            {name for name in vars(formats.get_format_modules(language)[0]) if name.endswith("_FORMAT")}
            for language in ("en", "zh-hans")
        ]
        self.assertEqual(*names)


# What a person reads in every language alike: names, file types, units, codes.
NAMES = {"Studio", "English", "Alice", "Lind", "Harbour", "Team", "AL", "PNG", "KB", "sha", "crash"}
SPOKEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-(?:words|offline|broken|refused)[\w-]*)="([^"]*)"')
SILENT = re.compile(r"<(script|style|svg|textarea)\b.*?</\1>", re.DOTALL)
SIGNS = re.compile(r"<[^>]*>|&#?\w+;|\{\w+\}|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{4}…[0-9a-f]{4}\b")


def english_words(html: str) -> set[str]:
    """Words of two letters and more that a person sees or hears."""
    text = SILENT.sub(" ", html)
    return set(re.findall(r"[A-Za-z]{2,}", SIGNS.sub(" ", text + " ".join(SPOKEN.findall(text))))) - NAMES


class ChinesePageTests(CompiledTestCase, StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        User.objects.filter(pk=self.alice.user_id).update(language="zh-hans")
        self.sign_in(self.alice)

    def test_the_image_page_speaks_chinese(self) -> None:
        page = self.client.get("/image/")
        for words in ('<html lang="zh-hans"', "生成 1 张图像", "画幅比例", "描述图像", "本地引擎", "素材库", "所有者"):
            self.assertContains(page, words)
        self.assertContains(page, "现在冻结，成功后才扣除。")
        self.assertNotContains(page, "Generate")

    def test_nothing_in_sight_is_left_in_english(self) -> None:
        task = self.make_task(prompt="山")
        services.fail_task(task, error="The Local engine stopped three times.", code="crash")
        asset = self.make_asset(prompt="山", parameters={})
        places = ["/", "/image/", "/team/credits/", f"/tasks/{task.pk}/", asset.get_absolute_url(), "/nothing-here/"]
        for place in [*places, f"/tasks/{task.pk}/details/", "/accounts/logout/", "/accounts/password/reset/"]:
            with self.subTest(place):
                self.assertEqual(english_words(self.client.get(place).content.decode()), set())

    def test_what_was_kept_in_english_is_read_in_ones_own_language(self) -> None:
        task = self.make_task()
        services.fail_task(task, error="The Local engine stopped three times.", code="crash")
        self.assertContains(self.client.get("/image/"), "本地引擎已经停止了三次。")
        self.assertContains(self.client.get(f"/tasks/{task.pk}/details/"), "<small>本地引擎已经停止了三次。</small>")
        self.sign_in(self.bob)
        self.assertContains(self.client.get("/image/"), "The Local engine stopped three times.")

    def test_a_release_is_kept_for_readers_of_every_language(self) -> None:
        task = self.make_task()
        task.advance(Status.SUBMITTING)
        task.advance(Status.UNKNOWN)
        self.client.post(f"/tasks/{task.pk}/release/")
        task.refresh_from_db()
        self.assertEqual(task.error, "Nothing was heard of this request, so it was released.")

    def test_the_local_engine_understands_the_examples(self) -> None:
        examples = re.findall(r'data-words="([^"{]+)"', self.client.get("/image/").content.decode())
        examples += map(unquote, re.findall(r'/image/\?prompt=([^"]+)"', self.client.get("/").content.decode()))
        examples += re.findall(r"<textarea[^>]*>\s*([^<]+)</textarea>", self.client.get("/image/").content.decode())
        self.assertEqual(len(examples), 7)
        for words in examples:
            with self.subTest(words):
                self.assertRegex(words, HAN)
                self.assertEqual(read(words).unread, ())


class FirstRunTests(CompiledTestCase, StudioTestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        """Nobody is here yet."""

    def test_the_language_can_be_chosen_before_anybody_is_here(self) -> None:
        self.client.post("/account/preferences/", {"language": "zh-hans", "next": "/setup/"})
        self.assertContains(self.client.get("/setup/"), "设置工作室")

    def test_starter_credits_are_named_in_the_readers_language(self) -> None:
        with translation.override("zh-hans"):
            member: Member = set_up(name="Mira", email="mira@example.org", password="correct-horse-77", team="Harbour")
        self.sign_in(member)
        self.assertContains(self.client.get("/team/credits/"), "Starter credits")
        self.client.post("/account/preferences/", {"language": "zh-hans"})
        self.assertContains(self.client.get("/team/credits/"), "初始积分")


class ScriptTests(SimpleTestCase):
    STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
    SENTENCE = re.compile(r"[A-Z][a-z]+[.!?…]?|[A-Za-z’']+( [A-Za-z’',]+)+[.!?…]?")
    SHOWN = re.compile(r"(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel|alt) = [\"'`][^\"'`]*[A-Za-z]")
    TOLD = re.compile(r"\b(?:alert|confirm)\(|setAttribute\(.(?:aria-label|title|placeholder|alt)")
    KEYS = {"Enter", "Escape"}

    def test_scripts_say_nothing_of_their_own(self) -> None:
        """What a script shows comes from a template's attribute or from the server's answer."""
        for path in sorted((ROOT / "static" / "js").glob("*.js")):
            code = re.sub(r"^\s*//.*$|\s//.*$", "", path.read_text(), flags=re.MULTILINE)
            code = re.sub(r"\$\{[^{}]*\}", "", code)
            strings = {"".join(found) for found in self.STRING.findall(code)}
            with self.subTest(path.name):
                self.assertEqual({words for words in strings if self.SENTENCE.fullmatch(words)} - self.KEYS, set())
                self.assertEqual(self.SHOWN.findall(code) + self.TOLD.findall(code), [])
