"""Rules of the house that no tool knows: what is named must be documented, what is written must have its room."""

import re
import tomllib
from pathlib import Path

from django.conf import settings
from django.test import SimpleTestCase

ROOT = Path(settings.BASE_DIR)
PYTHON = [path for folder in ("studio", "generators", "tests", "ops") for path in (ROOT / folder).rglob("*.py")]
SOURCES = [path for path in PYTHON if "migrations" not in path.parts]


class HouseRulesTests(SimpleTestCase):
    def test_every_setting_of_the_environment_is_explained(self) -> None:
        asked = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "studio" / "settings.py").read_text()))
        explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
        self.assertEqual(asked, explained)

    def test_the_environment_is_read_in_one_place(self) -> None:
        allowed = {ROOT / "studio" / name for name in ("asgi.py", "wsgi.py")} | {ROOT / "ops" / "install.py"}
        readers = [path for path in SOURCES if re.search(r"os\.environ|getenv", path.read_text())]
        self.assertEqual([p for p in readers if p not in allowed and "tests" not in p.parts], [])

    def test_no_file_has_outgrown_its_room(self) -> None:
        large = {
            str(path.relative_to(ROOT)): count
            for path in SOURCES
            if (count := len(path.read_text().splitlines())) > 400
        }
        self.assertEqual(large, {})

    def test_no_one_hides_a_finding_without_a_reason(self) -> None:
        bare = re.compile(r"# noqa(?!: [A-Z]+\d+)|type: ignore(?!\[)")
        self.assertEqual(
            [str(path) for path in SOURCES if bare.search(path.read_text()) and path != Path(__file__)], []
        )

    def test_every_dependency_is_locked(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        for lock, wanted in (
            ("run", project["dependencies"]),
            ("test", project["dependencies"] + project["optional-dependencies"]["test"]),
        ):
            locked = set(
                re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / f"{lock}.lock").read_text(), re.MULTILINE)
            )
            names = {re.split(r"[=<>\[; ]", line)[0] for line in wanted}
            self.assertEqual(names - locked, set())

    def test_the_locks_name_no_host_and_only_hashed_packages(self) -> None:
        for path in (ROOT / "requirements").glob("*.lock"):
            text = path.read_text()
            self.assertNotRegex(text, r"https?://|--(extra-)?index-url|--find-links|--trusted-host")
            pinned = len(re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE))
            hashed = len(re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n +--hash=sha256:", text, re.MULTILINE))
            self.assertEqual(hashed, pinned)

    def test_what_runs_is_what_was_tested(self) -> None:
        run, test = (
            set(re.findall(r"^([a-z0-9._-]+==[^\s;]+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
            for name in ("run.lock", "test.lock")
        )
        self.assertEqual(run - test, set())

    def test_providers_and_the_catalog_know_no_database(self) -> None:
        rooms = [path for name in ("providers", "catalog") for path in (ROOT / "studio" / name).rglob("*.py")]
        users = [
            path
            for path in rooms
            if re.search(r"^\s*(from|import) django\.(db|contrib)", path.read_text(), re.MULTILINE)
        ]
        self.assertEqual(users, [])

    def test_nothing_names_a_machine_or_a_package_index(self) -> None:
        told = re.compile(r"/(?:root|work|home)/\w|\bpypi[.]org|pythonhosted[.]org")
        folders = ("studio", "generators", "templates", "static", "tests", "ops", "docs", "requirements", ".ci")
        files = [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file()]
        files += [path for path in ROOT.iterdir() if path.is_file() and path.name not in {".env", ".git"}]
        texts = [
            path for path in files if path.suffix not in {".webp", ".png", ".pyc", ".mo"} and path != Path(__file__)
        ]
        self.assertEqual([str(path) for path in texts if told.search(path.read_text(errors="replace"))], [])

    def test_every_package_says_that_it_is_one(self) -> None:
        folders = {path.parent for path in SOURCES if path.parent != ROOT / "ops"}
        self.assertEqual([str(folder) for folder in folders if not (folder / "__init__.py").exists()], [])

    def test_every_package_that_runs_is_named_with_its_licence(self) -> None:
        lock = (ROOT / "requirements" / "run.lock").read_text()
        table = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "licences.md").read_text(), re.MULTILINE)
        named = {name for cell in table for name in cell.split(", ")} - {"package"}
        self.assertEqual(set(re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE)), named)

    def test_every_make_target_is_documented(self) -> None:
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        told = (ROOT / "docs" / "commands.md").read_text()
        self.assertEqual([name for name in targets if f"`make {name}`" not in told], [])

    def test_every_link_of_the_docs_leads_somewhere(self) -> None:
        pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
        links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text())]
        self.assertEqual([(page.name, link) for page, link in links if not (page.parent / link).exists()], [])

    def test_every_slice_and_command_is_documented(self) -> None:
        words = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
        commands = [path.stem for path in ROOT.glob("*/*/management/commands/[a-z]*.py")]
        kinds = [name.rpartition(".")[2] for name in settings.GENERATORS]
        self.assertEqual([name for name in [*commands, *kinds] if name not in words], [])
