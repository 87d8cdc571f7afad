"""What an upstream's callback may tell us: whose it is. Its body is not signed (kie-api.md 1.6.1), so it is a hint to
ask, never an answer."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

LIMIT = 1024 * 1024
ID_LENGTH = 200
WINDOW = 300  # seconds; Kie prescribes none


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackHint:
    """`upstream_id` is empty when the body named none; `stage` is Suno's word for how far it came."""

    upstream_id: str = ""
    stage: str = ""


def read(body: bytes) -> CallbackHint:
    """Never raises: whoever knows the address may send anything."""
    if len(body) > LIMIT:
        return CallbackHint()
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return CallbackHint()
    places = [told.get("data"), told] if isinstance(told, dict) else []
    for place in places:
        if isinstance(place, dict):
            for name in ("taskId", "task_id"):
                upstream_id = id_of(place.get(name))
                if upstream_id:
                    stage = place.get("callbackType")
                    return CallbackHint(upstream_id=upstream_id, stage=stage[:40] if isinstance(stage, str) else "")
    return CallbackHint()


def id_of(value: object) -> str:
    """An upstream's id as text, or nothing when it is none: ids are opaque, but short and printable."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return text if isinstance(text, str) and 0 < len(text) <= ID_LENGTH and text.isprintable() else ""


def is_signed(headers: Mapping[str, str], body: bytes, key: str, now: float) -> bool:
    """Whether Kie sent this with our key, at most five minutes ago. Base64 as documented, or hex as one client has it."""
    sent = {name.lower(): value.strip() for name, value in headers.items()}
    stamp, signature = sent.get("x-webhook-timestamp", ""), sent.get("x-webhook-signature", "")
    upstream_id = read(body).upstream_id
    if not (key and upstream_id and signature and stamp.isdecimal()):
        return False
    digest = hmac.new(key.encode(), f"{upstream_id}.{stamp}".encode(), hashlib.sha256).digest()
    is_base64 = hmac.compare_digest(base64.b64encode(digest).rstrip(b"="), signature.rstrip("=").encode())
    is_hex = hmac.compare_digest(digest.hex().encode(), signature.lower().encode())
    return (is_base64 or is_hex) and abs(now - int(stamp)) <= WINDOW
