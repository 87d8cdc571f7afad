import json
from io import BytesIO
from typing import Any

from django.test import SimpleTestCase

from generators.image.wire import ImageWire
from studio.net import Door
from studio.providers.contract import GenerationRequest, Input
from studio.providers.errors import ProviderError
from studio.providers.kie.client import Client, KieError
from studio.providers.kie.provider import KieProvider, Timeouts
from tests.net.faults import hang
from tests.net.server import Script, Server, answer

KEY = "kie-key-zibbelquax"
TOKEN = "callback-token-grummel"
PROMPT = 'a "zibbelquax"\non a grummelsofa 海'
PARAMS = {"prompt": PROMPT, "size": "3:2", "count": 2, "seed": 7}
IMPATIENT = 0.2  # of a read, in seconds, where nothing comes anyway


def envelope(code: Any = 200, msg: Any = "success", data: Any = None, *, http: str = "200 OK", **more: Any) -> bytes:
    headers = ["Content-Type: application/json", *more.pop("headers", [])]
    return answer(json.dumps({"code": code, "msg": msg, "data": data, **more}).encode(), status=http, headers=headers)


def body_of(request: bytes) -> Any:
    return json.loads(request.partition(b"\r\n\r\n")[2])


def line_of(request: bytes) -> str:
    return request.partition(b" HTTP/")[0].decode()


class KieTestCase(SimpleTestCase):
    def setUp(self) -> None:
        self.slept: list[float] = []

    def account(self, *scripts: Script, seconds: float = 30, key: str = KEY) -> Client:
        self.server = Server(self, *scripts)
        door = Door(allow={self.server.place}, read_timeout=IMPATIENT if hang in scripts else 30)
        url = self.server.url + "/"
        return Client(key=key, base_url=url, door=door, seconds=seconds, sleep=self.slept.append, chance=lambda: 0.5)

    def kie(self, *scripts: Script, uploads: tuple[Script, ...] = (b"",), **options: Any) -> KieProvider:
        self.server, self.uploads = Server(self, *scripts), Server(self, *uploads)
        urls = {"base_url": self.server.url, "upload_base_url": self.uploads.url}
        timeouts = Timeouts(read=IMPATIENT if hang in scripts else 30)
        return KieProvider(key=KEY, **{**urls, "timeouts": timeouts, "sleep": self.slept.append, **options})

    def request(self, **changes: Any) -> GenerationRequest:
        whole: dict[str, Any] = {"id": "one", "kind": "image", "params": PARAMS, "wire": ImageWire(), **changes}
        return GenerationRequest(**whole)

    def refused(self, call: Any, *arguments: Any, **options: Any) -> KieError:
        with self.assertRaises(ProviderError) as caught:
            call(*arguments, **options)
        assert isinstance(caught.exception, KieError)
        return caught.exception


def picture(body: bytes = b"\x89PNG picture", media_type: str = "image/png", role: str = "reference") -> Input:
    return Input(role=role, name="Öhm.png", media_type=media_type, size=len(body), open=lambda: BytesIO(body))
