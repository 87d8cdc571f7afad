import base64
from collections.abc import Iterator
from typing import Any

from tests.fake_kie.pictures import picture
from tests.fake_kie.test_fake_kie import FakeKieTestCase

PNG = picture("a", 0, "1:1")


class UploadTests(FakeKieTestCase):
    def stream(self, **says: str) -> Any:
        files = {"file": ("photo.png", PNG, "image/png")}
        return self.http.post(f"{self.kie.url}/api/file-stream-upload", data=says, files=files).json()

    def test_a_streamed_file_is_kept_byte_for_byte(self) -> None:
        answer = self.stream(uploadPath="images/studio")
        self.assertEqual((answer["success"], answer["code"]), (True, 200))
        data = answer["data"]
        self.assertEqual((data["fileName"], data["filePath"]), ("photo.png", "images/studio/photo.png"))
        self.assertEqual((data["fileSize"], data["mimeType"]), (len(PNG), "image/png"))
        self.assertRegex(data["uploadedAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual(self.http.get(data["downloadUrl"]).content, PNG)
        self.assertEqual(self.kie.log.of("file-stream-upload")[0].body["uploadPath"], "images/studio")

    def test_a_chunked_body_is_taken(self) -> None:
        head = b'--x\r\nContent-Disposition: form-data; name="uploadPath"\r\n\r\nin\r\n'
        head += b'--x\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n\r\n'

        def pieces() -> Iterator[bytes]:
            yield from (head, PNG[:100], PNG[100:], b"\r\n--x--\r\n")

        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = self.http.post(f"{self.kie.url}/api/file-stream-upload", data=pieces(), headers=kind).json()
        self.assertEqual(self.http.get(answer["data"]["downloadUrl"]).content, PNG)

    def test_base64_comes_raw_or_as_a_data_url(self) -> None:
        raw = base64.b64encode(PNG).decode()
        for text in (raw, f"data:image/png;base64,{raw}"):
            answer = self.post("/api/file-base64-upload", {"base64Data": text, "uploadPath": "in", "fileName": "p.png"})
            self.assertEqual(self.http.get(answer["data"]["downloadUrl"]).content, PNG)
        broken = self.post("/api/file-base64-upload", {"base64Data": "%%%", "uploadPath": "in"})
        self.assertEqual((broken["success"], broken["code"]), (False, 400))

    def test_a_file_is_fetched_only_from_the_world_that_was_laid_out(self) -> None:
        self.kie.web["https://pictures.example/p.png"] = PNG
        answer = self.post("/api/file-url-upload", {"fileUrl": "https://pictures.example/p.png", "uploadPath": "in"})
        self.assertEqual(self.http.get(answer["data"]["downloadUrl"]).content, PNG)
        self.assertEqual(answer["data"]["filePath"], "in/p.png")
        task = self.create()
        self.kie.finish(task)
        result = self.record(task)["response"]["resultUrls"][0]
        answer = self.post("/api/file-url-upload", {"fileUrl": result, "uploadPath": "in"})
        self.assertEqual(answer["data"]["filePath"], "in/0.png")
        private = self.post("/api/file-url-upload", {"fileUrl": "http://127.0.0.1:1/p.png", "uploadPath": "in"})
        self.assertEqual((private["success"], private["code"]), (False, 500))

    def test_errors_have_the_envelope_of_the_uploads(self) -> None:
        self.assertEqual(
            self.stream(), {"success": False, "code": 400, "msg": "Missing required parameter: uploadPath"}
        )
        self.assertEqual(self.stream(uploadPath="/in/")["code"], 400)
        self.http.headers["Authorization"] = "Bearer other"
        refused = {"success": False, "code": 401, "msg": "Authentication failed: Invalid API Key"}
        self.assertEqual(self.stream(uploadPath="in"), refused)
        self.assertEqual(self.http.get(f"{self.kie.url}/api/file-stream-upload").json()["code"], 405)

    def test_an_upload_is_gone_after_three_days_and_costs_nothing(self) -> None:
        before = self.credits()
        url = self.stream(uploadPath="in")["data"]["downloadUrl"]
        self.assertEqual(self.credits(), before)
        self.kie.advance(3 * 86_400 + 1)
        self.assertEqual(self.http.get(url).status_code, 404)

    def test_the_type_follows_the_name(self) -> None:
        url = self.stream(uploadPath="in", fileName="p.webp")["data"]["downloadUrl"]
        self.assertEqual(self.http.get(url).headers["Content-Type"], "image/webp")
