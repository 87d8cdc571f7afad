"""Many pieces in one ZIP: it opens, its names are safe, and what it says of them is true."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Sequence

from asgiref.sync import async_to_sync
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studio.library import bundle
from studio.library.models import Asset
from tests.base import StudioTestCase, stored
from tests.library.test_views import body


class BundleTests(StudioTestCase):
    def download(self, assets: Sequence[Asset]) -> zipfile.ZipFile:
        self.sign_in(self.vera)
        response = self.client.post("/library/pick/download/", {"asset": [str(asset.pk) for asset in assets]})
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "application/zip"))
        self.assertRegex(response["Content-Disposition"], r'attachment; filename="studio-[0-9-]+\.zip"')
        archive = zipfile.ZipFile(io.BytesIO(body(response)))
        self.assertIsNone(archive.testzip())
        return archive

    def test_every_file_is_whole_and_told_of(self) -> None:
        first = self.make_asset(cost=150, parameters={"prompt": "a fox", "seed": 7})
        second = self.make_asset(prompt="灯塔")
        archive = self.download([first, second])
        manifest = json.loads(archive.read("manifest.json"))
        self.assertEqual(manifest["team"], "Harbour Team")
        told = {piece["id"]: piece for piece in manifest["pieces"]}
        for asset in (first, second):
            piece = told[str(asset.pk)]
            content = archive.read(piece["file"])
            self.assertEqual(content, stored(asset.name))
            self.assertEqual((hashlib.sha256(content).hexdigest(), len(content)), (piece["sha256"], piece["size"]))
            self.assertEqual(archive.getinfo(piece["file"]).compress_type, zipfile.ZIP_STORED)
            self.assertEqual((piece["prompt"], piece["task"]), (asset.prompt, str(asset.origin)))
        self.assertEqual((told[str(first.pk)]["credits"], told[str(first.pk)]["seed"]), (1.5, 7))
        self.assertRegex(told[str(first.pk)]["file"], r"^[0-9]{4}-[0-9]{2}-[0-9]{2} a-lighthouse-on-a-cliff 01\.png$")
        self.assertRegex(told[str(second.pk)]["file"], r" 灯塔 01\.png$")

    def test_names_are_safe_and_each_is_there_once(self) -> None:
        prompts = ['../../etc/passwd\x01 "x" <y> | CON', "Fox", "fox", "FOX", "...", "/", "x" * 900, "tab\tnew\nline"]
        archive = self.download([self.make_asset(prompt=prompt) for prompt in prompts])
        names = [name for name in archive.namelist() if name.endswith(".png")]
        self.assertEqual(len({name.casefold() for name in names}), len(prompts))
        for name in names:
            self.assertRegex(name, r"^[0-9-]{10} [^/\\\x00-\x1f:*?\"<>|. -][^/\\\x00-\x1f:*?\"<>|]* [0-9]{2}\.png$")
            self.assertLess(len(name), 90)

    def test_the_contact_sheet_needs_nothing_from_outside(self) -> None:
        archive = self.download([self.make_asset(prompt="<script>alert(1)</script> & a fox")])
        sheet = archive.read("index.html").decode()
        links = re.findall(r"(?:src|href)=\"([^\"]+)\"", sheet)
        self.assertEqual([link for link in links if ":" in link or link.startswith("/")], [])
        self.assertNotIn("<script", sheet)
        self.assertIn("contact-sheet.css", archive.namelist())
        self.assertNotIn("url(", archive.read("contact-sheet.css").decode())

    def test_a_file_that_storage_lost_is_said_and_the_rest_comes(self) -> None:
        lost, there = self.make_asset(prompt="lost"), self.make_asset(prompt="there")
        default_storage.delete(lost.name)
        archive = self.download([lost, there])
        files = {piece["prompt"]: piece["file"] for piece in json.loads(archive.read("manifest.json"))["pieces"]}
        self.assertIsNone(files["lost"])
        self.assertIn(files["there"], archive.namelist())
        self.assertNotIn("lost", archive.read("index.html").decode())

    def test_it_comes_piece_by_piece_and_asks_the_database_nothing(self) -> None:
        pieces = bundle.pieces_of([self.make_asset() for _ in range(3)])

        async def read() -> list[bytes]:
            return [chunk async for chunk in bundle.stream("us", pieces, "en")]

        with CaptureQueriesContext(
            connection,
        ) as queries:
            chunks = async_to_sync(read)()
        self.assertEqual(len(queries), 0)
        self.assertGreater(len([chunk for chunk in chunks if chunk]), 3)

    def test_who_stops_reading_leaves_nothing_open(self) -> None:
        pieces = bundle.pieces_of([self.make_asset()])

        async def read() -> None:
            chunks = bundle.stream("us", pieces, "en")
            await anext(aiter(chunks))
            await chunks.aclose()

        async_to_sync(read)()
