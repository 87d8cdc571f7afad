"""Sample data for the component page: each component in every state, with the shapes that the rooms hand out."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.design import people, shelf
from studio.design.fields import START, Fields

# The pictures of the sign-in page: prompt and width / height, numbered from 1.
PICTURES = [
    ("moon over a calm sea, linocut", 2 / 3),
    ("still life of pears and a blue jug, oil", 1.0),
    ("harbour at dawn with three boats", 3 / 2),
    ("red fox in a snowy forest under northern lights, watercolour", 1.0),
    ("a lighthouse on a cliff at dusk, gouache", 1.0),
    ("desert dunes at noon, minimal poster", 2 / 3),
    ("whale below a small boat, paper-cut", 1.0),
    ("mountain lake in autumn, pencil", 3 / 2),
    ("hot air balloons over ridges in haze at sunrise", 3 / 2),
    ("space rocket leaving a field at night, vintage poster", 2 / 3),
    ("neon city street in the rain, pixel art", 1.0),
    ("repeating pattern of ferns, two inks", 1.0),
]
COLOURS = ["paper", "surface", "surface-2", "surface-3", "line", "line-control", "ink-3", "ink-2", "ink", "live"]
COLOURS += ["live-soft", "warn", "bad"]


@dataclass(frozen=True)
class Asset:
    id: uuid.UUID
    ratio: float
    get_kind_display: str = "Image"
    number: int = 1

    @property
    def title(self) -> str:
        return PICTURES[self.number - 1][0]

    @property
    def small_url(self) -> str:
        return static(f"img/wall-{self.number}.webp")

    def get_absolute_url(self) -> str:
        return self.small_url


@dataclass(frozen=True)
class Tile:
    """A picture of the Library, like `studio.library.gallery.Tile`."""

    number: int
    caption: str = "Image, Mira, 11:42"
    srcset: str = ""

    @property
    def asset(self) -> Asset:
        return Asset(_id(f"asset {self.number}"), PICTURES[self.number - 1][1], number=self.number)

    @property
    def prompt(self) -> str:
        return PICTURES[self.number - 1][0]

    @property
    def title(self) -> str:
        return self.prompt

    @property
    def is_starred(self) -> bool:
        return self.number == 3

    @property
    def thumb(self) -> str:
        return static(f"img/wall-{self.number}.webp")

    @property
    def url(self) -> str:
        return self.thumb

    @property
    def view_url(self) -> str:
        return reverse("design:viewer", args=[self.number])


@dataclass(frozen=True)
class Note:
    kind: str
    sentence: str
    money: str
    code: str = ""


@dataclass(frozen=True)
class Task:
    id: uuid.UUID
    prompt: str
    kind: str = "image"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A task as its card shows it, like `studio.tasks.cards.Card`."""

    name: str
    state: str
    label: str
    prompt: str = "A lighthouse on a cliff at dusk, gouache"
    facts: list[str] = field(default_factory=lambda: ["1:1", "1 image", "Mira, 11:42"])
    inputs: list[Asset] = field(default_factory=list)
    can_refer: bool = False
    engine: str = "Local engine"
    is_open: bool = False
    count: int = 1
    ratio: str = "1/1"
    stage: str = ""
    percent: int | None = None
    started_at: datetime | None = None
    typical: str = ""
    cancel_label: str = ""
    cancel_hint: str = ""
    can_again: bool = False
    can_release: bool = False
    press: str = "0" * 32
    gone: str = ""
    note: Note | None = None
    wait_code: str = ""
    is_late: bool = False
    ways: list[dict[str, str]] = field(default_factory=list)
    missing_note: str = ""
    numbers: tuple[int, ...] = ()
    result_template: str = "design/_result.html"

    @property
    def task(self) -> Task:
        return Task(_id(f"task {self.name}"), self.prompt)

    @property
    def tiles(self) -> list[Tile]:
        return [Tile(number) for number in self.numbers]

    @property
    def assets(self) -> list[Asset]:
        return [tile.asset for tile in self.tiles]

    @property
    def placeholders(self) -> range:
        return range(self.count - len(self.numbers))

    @property
    def cancel_url(self) -> str:
        return reverse("tasks:cancel", args=[self.task.id])

    @property
    def edit_url(self) -> str:
        return reverse("tasks:tool", args=["image"])


def _id(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"studio:design:{name}")


def viewer(number: int) -> dict[str, Any]:
    number = min(max(number, 1), len(PICTURES))
    tile = Tile(number)
    who = (_("Made by"), "Mira Lindqvist, 24 Nov 2026")
    facts = [who, (_("Size"), "1024 × 1024"), (_("Engine"), _("Local engine"))]
    return {
        "dialog": True,
        "image_url": tile.thumb,
        "download_url": tile.thumb,
        "page_url": tile.thumb,
        "title": tile.prompt,
        "facts": facts,
    }


def older() -> dict[str, Any]:
    """One more page of the sample Library."""
    day = {"key": "2026-11-23", "label": _("Yesterday"), "tiles": [Tile(number) for number in (3, 6, 9, 12)]}
    return {"page": {"days": [day], "more_url": ""}}


def waiting_cards(now: datetime) -> list[Card]:
    return [
        Card(
            name="queued",
            state="queued",
            label="Waiting",
            is_open=True,
            stage="2 tasks ahead",
            count=2,
            ratio="3/2",
            facts=["3:2", "2 images", "Mira, 11:42"],
            cancel_label="Cancel, 0 credits",
            cancel_hint="Held credits come back at once.",
        ),
        Card(name="submitting", state="submitting", label="Starting", is_open=True, stage="Starting"),
        Card(
            name="running",
            state="running",
            label="Running",
            is_open=True,
            count=4,
            stage="Drawing 3 of 4",
            percent=58,
            started_at=now - timedelta(seconds=34),
            typical="usually 40 s",
            facts=["1:1", "4 images", "Mira, 11:41"],
            cancel_label="Cancel",
            cancel_hint="Held credits come back at once.",
        ),
        Card(
            name="unknown-length",
            state="running",
            label="Running",
            is_open=True,
            stage="Drawing",
            started_at=now - timedelta(seconds=3),
            cancel_label="Cancel",
            cancel_hint="Held credits come back at once.",
        ),
        Card(
            name="chinese",
            state="running",
            label="生成中",
            prompt="灯塔立在黄昏的悬崖上，水粉画",
            is_open=True,
            stage="绘制中",
            percent=40,
            started_at=now - timedelta(seconds=124),
            facts=["1:1", "1 张图", "Mira, 11:40"],
            cancel_label="Cancel",
            cancel_hint="Held credits come back at once.",
        ),
        Card(
            name="storing",
            state="storing",
            label="Storing",
            is_open=True,
            stage="Storing",
            percent=75,
            ratio="2/3",
            started_at=now - timedelta(seconds=64),
        ),
    ]


def finished_cards() -> list[Card]:
    def done(name: str, numbers: tuple[int, ...], size: str, **more: Any) -> Card:
        count = more.setdefault("count", len(numbers))
        facts = [size, f"{count} image{'s' if count > 1 else ''}", f"{count * 0.5:g} credits", "Mira, 10:58"]
        ratio = size.replace(":", "/")
        return Card(
            name=name,
            state="succeeded",
            label="Done",
            numbers=numbers,
            ratio=ratio,
            facts=facts,
            can_again=True,
            can_refer=True,
            prompt=more.pop("prompt", PICTURES[numbers[0] - 1][0]),
            **more,
        )

    return [
        done("one", (5,), "1:1"),
        done("one-wide", (3,), "3:2", inputs=[Tile(number).asset for number in (8, 9)]),
        done("one-tall", (10,), "2:3"),
        done("two", (8, 9), "3:2", prompt="Two landscapes for the cover of a notebook, one at sunrise, one in autumn"),
        done(
            "four",
            (2, 4, 7, 11),
            "1:1",
            prompt="Four square pictures in four hands: oil, watercolour, paper-cut, pixel",
        ),
        done("partly", (1, 6), "2:3", count=4, missing_note="2 of 4 could not be kept. 1 credit came back."),
    ]


def ended_cards() -> list[Card]:
    return [
        Card(
            name="failed",
            state="failed",
            label="Failed",
            can_again=True,
            note=Note("bad", "The engine stopped before the picture was done.", "0.5 credits returned.", "render_died"),
        ),
        Card(
            name="unknown",
            state="unknown",
            label="Unknown",
            is_open=True,
            can_again=True,
            can_release=True,
            note=Note(
                "warn",
                "The connection broke after the request may have arrived. Nothing is sent twice by itself.",
                "0.5 credits are held.",
            ),
        ),
        Card(
            name="cancelled",
            state="cancelled",
            label="Cancelled",
            can_again=True,
            note=Note("plain", "Stopped before it was done.", "0.5 credits returned."),
        ),
        Card(
            name="gone",
            state="succeeded",
            label="Done",
            numbers=(7,),
            result_template="design/_result.html",
            facts=["1 credit", "Mira, 10:31"],
            gone="This tool is no longer here.",
        ),
    ]


def shell(theme: str) -> dict[str, Any]:
    """The frame of a signed-in page."""
    wallet = {"available": "4,218", "held": "46", "held_tasks": 3, "gauge_available": 62, "gauge_held": 2}
    image = {"kind": "image", "label": _("Image"), "icon": "image", "url": reverse("tasks:tool", args=["image"])}
    return {
        "team": "Harbour Team",
        "member": {"get_role_display": _("Owner")},
        "user": {"name": "Mira Lindqvist", "initials": "ML"},
        "theme": theme,
        "tools": [image],
        "teams": people.teams(),
        "may_open_team": True,
        "team_pages": people.team_pages(),
        "wallet": wallet,
        "open_tasks": 2,
        "pulse": None,
    }


def page(theme: str) -> dict[str, Any]:
    now = timezone.now()
    entries = [("open", _("Held"), -200), ("settled", _("Charged"), -150), ("released", _("Returned"), 0)]
    entries += [("granted", _("Added"), 100_000)]
    return {
        "shell": shell(theme),
        "shelf": shelf.sample(),
        "colours": COLOURS,
        "form": Fields(initial={"prompt": PICTURES[4][0], **START}),
        "references": [Tile(number).asset for number in (2, 6, 9)],
        "picture": Tile(2).thumb,
        "picks": [Tile(number).asset for number in (2, 9, 4, 5, 12)],
        "refused": Fields({"sample-name": "", "sample-size": "1:1", "sample-engine": "local"}, auto_id="refused_%s"),
        "quotes": [
            {"label": "Generate 4 images", "price": 200, "after": 421_600, "affordable": True},
            {
                "label": "Generate 4 images",
                "price": 200,
                "affordable": False,
                "note": "This costs 2 credits, 1.5 are available.",
            },
        ],
        "waiting": waiting_cards(now),
        "finished": finished_cards(),
        "ended": ended_cards(),
        "tiles": [Tile(number) for number in range(1, len(PICTURES) + 1)],
        "low": {"available": "4.5", "held": "0", "held_tasks": 0, "gauge_available": 4, "gauge_held": 0, "low": True},
        "viewer": viewer(1),
        "long_words": " ".join(prompt for prompt, _ratio in PICTURES),
        "figures": {"available": 421_800, "held": 4_600, "spent": 193_600},
        "entries": [
            {"at": now, "state": state, "kind": kind, "label": PICTURES[4][0], "member": "Mira", "amount": amount}
            for state, kind, amount in entries
        ],
        "notices": [
            Message(messages.INFO, _("Signed out.")),
            Message(messages.WARNING, _("Two pictures are not copied yet.")),
        ],
        **people.samples(),
        "unread": ["velvet", "chiaroscuro"],
        "more_url": reverse("design:more"),
        "facts": [(_("Engine"), _("Local engine")), (_("Asked"), "24 Nov 2026, 11:42"), (_("Seed"), "20418")],
        "events": [
            {"at": now, "label": "Done", "detail": ""},
            {"at": now - timedelta(seconds=4), "label": "Running", "detail": "lease 1"},
            {"at": now - timedelta(seconds=5), "label": "Waiting", "detail": ""},
        ],
    }
