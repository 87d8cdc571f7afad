"""Sample data for the component page: what goes wrong at an engine, and the engines of a team."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from studio.design.fields import Fields
from studio.design.samples import Card, Note

LOCAL = {"label": "Use the Local engine", "url": "#h-ended", "icon": "cpu"}
PROVIDERS = {"label": "See the providers", "url": "#h-ended", "icon": "plug"}


def waiting_cards(now: datetime) -> list[Card]:
    return [
        Card(
            name="refused for now",
            state="queued",
            label="Waiting",
            engine="Kie",
            is_open=True,
            stage="Kie is in maintenance. It goes on by itself.",
            wait_code="455",
            ways=[LOCAL],
            cancel_label="Cancel, 0 credits",
            cancel_hint="Held credits come back at once.",
        ),
        Card(
            name="at kie",
            state="running",
            label="Running",
            engine="Kie",
            is_open=True,
            stage="Running",
            percent=33,
            started_at=now - timedelta(seconds=21),
            cancel_label="Stop following",
            cancel_hint="It still finishes and is charged.",
        ),
    ]


def ended_cards() -> list[Card]:
    def failed(name: str, note: Note, **more: Any) -> Card:
        return Card(name=name, state="failed", label="Failed", engine="Kie", can_again=True, note=note, **more)

    refused = "Kie does not accept the key. An admin can connect Kie again."
    empty = "The Kie account has no credits left. Use the Local engine, or ask an admin to top it up."
    late = "Its result came late and was kept; it was not charged."
    return [
        failed("no credits there", Note("bad", empty, "6 credits returned.", "402"), ways=[LOCAL]),
        failed("refused key", Note("bad", refused, "6 credits returned.", "401"), ways=[LOCAL, PROVIDERS]),
        failed("late", Note("late", late, "6 credits returned.", "timeout"), is_late=True, numbers=(6,), ratio="3/2"),
    ]


def page(now: datetime) -> dict[str, Any]:
    return {
        "banner": {
            "text": "Kie is in maintenance (455, 11:02). What waits goes on by itself.",
            "ways": [{"label": "Use Local meanwhile", "url": "#h-engines"}],
        },
        "panels": [_kie(), _local()],
        "services": [_service("image", "Image", "image", ""), _service("video", "Video", "clapperboard", "yet")],
        "troubles": [
            {"at": now, "when": "11:02", "label": "455 Kie is in maintenance.", "detail": "connection ••••3f9a"},
            {
                "at": now,
                "when": "09:30",
                "label": "400 Kie refused this content.",
                "detail": "Image, 6 credits returned",
            },
        ],
        "ways": [LOCAL, PROVIDERS],
    }


def _kie() -> dict[str, Any]:
    rows = [
        (_("Key"), "••••3f9a, since 2 Nov"),
        (_("New tasks"), "begin on this key"),
        (_("Balance at Kie"), "8,142.6 credits, 2 minutes ago"),
        (_("In flight"), "4 tasks"),
        (_("Last error"), "455 at 11:02"),
    ]
    form = Fields(auto_id="engine_%s")
    return {
        "key": "sample",
        "title": "Kie, your team’s key",
        "state": "succeeded",
        "status": "Connected",
        "rows": rows,
        "connection": uuid.UUID(int=1),
        "can_test": True,
        "can_change": True,
        "rotate_form": {"key": form["password"]},
        "webhook_form": {"webhook_key": form["password"]},
    }


def _local() -> dict[str, Any]:
    rows = [(_("Runs on"), "this server, without a key"), (_("In flight"), "1 task")]
    return {"key": "local", "title": "Local engine", "state": "succeeded", "status": "Ready", "rows": rows}


def _service(kind: str, label: str, icon: str, missing: str) -> dict[str, Any]:
    note = "Local engine cannot make this yet." if missing else ""
    engines = [
        {"value": "kie", "label": "Kie", "is_chosen": True},
        {"value": "local", "label": "Local engine", "why_not": note},
    ]
    return {"kind": f"sample-{kind}", "label": label, "icon": icon, "note": note, "engines": engines}
