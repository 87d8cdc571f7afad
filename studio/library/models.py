"""What a team has made: one row per file or text, kept for ever."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Member, Team, User

WIDTHS = (320, 640, 1280)  # of the small copies beside each picture
NAME = 120  # letters of the names that people give


class Kind(models.TextChoices):
    IMAGE = "image", _("Image")
    VIDEO = "video", _("Video")


class Source(models.TextChoices):
    """How a file came here. A mask only says where another picture may change, so it stands in no list."""

    MADE = "made", _("Made here")
    UPLOAD = "upload", _("Uploaded")
    MASK = "mask", _("Mask")
    FRAME = "frame", _("Taken from a video")


# The conditions of partial indexes, and of every query that needs them: both must say the same.
LISTED = Q(trashed_at__isnull=True) & ~Q(source=Source.MASK)
IN_TRASH = Q(trashed_at__isnull=False, gone_at__isnull=True)
LEFT_OVER = Q(gone_at__isnull=False) & ~Q(file="")


class AssetQuerySet(models.QuerySet["Asset"]):
    def for_team(self, team: Team) -> "AssetQuerySet":
        return self.filter(team=team)

    def listed(self) -> "AssetQuerySet":
        """What people look through: all but the masks and what is in the trash."""
        return self.filter(LISTED)

    def usable(self) -> "AssetQuerySet":
        """What may go into something new."""
        return self.filter(trashed_at__isnull=True)

    def newest_first(self) -> "AssetQuerySet":
        return self.order_by("-created_at", "-id")


class Asset(models.Model):
    """One file that came out of a task, or that somebody brought. The file is named by storage, never by a person.

    `origin` is the id of the request that made it, `generator` its media type, `provider` the engine, `parameters` what was asked for and `facts`
    what the engine told about the result: copies, so that the library needs no other room to explain a picture.
    `words` are lyrics and the like, where the piece has any. `trashed_at` is the same moment for all that was moved to
    the trash in one go. `gone_at` says that its time there is over: the file is removed after that, and the row stays
    only where something came of it.
    `upstream_id` is what an upstream calls the request, on `connection`, and `upstream_until` how long it knows it.
    `duration` is in seconds, of what has one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assets")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    source = models.CharField(max_length=8, choices=Source, default=Source.MADE)
    generator = models.CharField(max_length=16, blank=True)
    prompt = models.TextField(blank=True)
    given_title = models.CharField(max_length=NAME, blank=True)
    words = models.TextField(blank=True)
    provider = models.CharField(max_length=32, blank=True)
    origin = models.UUIDField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    parameters = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    cost = models.BigIntegerField(default=0)
    file = models.FileField(max_length=200)
    media_type = models.CharField(max_length=64)
    size = models.BigIntegerField()
    checksum = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    duration = models.FloatField(null=True)
    upstream_id = models.CharField(max_length=200, blank=True)
    connection = models.CharField(max_length=64, blank=True)
    upstream_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    trashed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = [
            # A step that stores may run twice: the second finds the first one's asset.
            models.UniqueConstraint(fields=["origin", "position"], name="one_asset_per_output"),
        ]
        indexes = [
            *(  # the Library page, as it is and filtered
                models.Index(fields=["team", *facet, "-created_at", "-id"], condition=LISTED, name=f"listed_{name}")
                for name, *facet in (
                    ["assets"],
                    ["by_kind", "kind"],
                    ["by_person", "made_by"],
                    ["by_engine", "provider"],
                )
            ),
            models.Index(fields=["team", "-created_at", "-id"], condition=IN_TRASH, name="trashed_assets"),
            models.Index(fields=["trashed_at"], condition=IN_TRASH, name="trash_to_empty"),  # whose time there is over
            models.Index(fields=["gone_at"], condition=LEFT_OVER, name="files_to_remove"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:asset", args=[self.pk])

    @property
    def small_url(self) -> str:
        return reverse("library:thumb", args=[self.pk, WIDTHS[0]])

    @property
    def title(self) -> str:
        return (
            self.given_title
            or self.prompt
            or str(self.get_source_display() if not self.is_made else self.get_kind_display())
        )

    @property
    def ratio(self) -> float:
        return round(self.width / self.height, 4) if self.width and self.height else 1.0

    @property
    def length(self) -> str:
        """`0:05`, of what has a duration."""
        whole = round(self.duration or 0)
        return f"{whole // 60}:{whole % 60:02}" if self.duration else ""

    @property
    def is_made(self) -> bool:
        return self.source == Source.MADE

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None

    @property
    def is_gone(self) -> bool:
        return self.gone_at is not None

    @property
    def is_mask(self) -> bool:
        return self.source == Source.MASK

    @property
    def name(self) -> str:
        """Where storage keeps the file."""
        return str(self.file.name)

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2]

    def thumbnail(self, width: int) -> str:
        """The storage name of the small copy that is `width` pixels wide."""
        return f"{self.name.rpartition('.')[0]}.{width}.webp"

    @property
    def files(self) -> list[str]:
        """Every name that storage keeps for this asset."""
        return [self.name, *(self.thumbnail(width) for width in WIDTHS)]


class Usage(models.Model):
    """How much a team has in the library: the sums over its assets, moved in the same transaction as their rows. The
    small copies are not counted."""

    team = models.OneToOneField(Team, on_delete=models.PROTECT, primary_key=True, related_name="usage")
    bytes = models.BigIntegerField(default=0)
    files = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(bytes__gte=0, files__gte=0), name="usage_is_never_negative")]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.files} files, {self.bytes} bytes"

    @classmethod
    def add(cls, team_id: uuid.UUID, size: int, files: int = 1) -> None:
        """Count one more file. The addition happens in the database, so that writers at the same time lose nothing."""
        more = {"bytes": F("bytes") + size, "files": F("files") + files}
        if not cls.objects.filter(pk=team_id).update(**more):
            cls.objects.get_or_create(pk=team_id)
            cls.objects.filter(pk=team_id).update(**more)


class Tally(models.Model):
    """How many pieces a team has of a sort (`kind:image`, `trash`), moved in the same transaction as their rows."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=32)
    count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "name"], name="one_tally_of_a_sort"),
            models.CheckConstraint(condition=Q(count__gte=0), name="a_tally_is_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.name}: {self.count}"

    @classmethod
    def add(cls, team_id: uuid.UUID, name: str, more: int) -> None:
        sort: dict[str, Any] = {"team_id": team_id, "name": name}
        if more and not cls.objects.filter(**sort).update(count=F("count") + more):
            cls.objects.get_or_create(**sort)
            cls.objects.filter(**sort).update(count=F("count") + more)

    @classmethod
    def of(cls, team: Team) -> dict[str, int]:
        return dict(cls.objects.filter(team=team).values_list("name", "count"))


class BoardQuerySet(models.QuerySet["Board"]):
    def seen_by(self, member: Member) -> "BoardQuerySet":
        """The team's, and the member's own."""
        return self.filter(Q(owner=None) | Q(owner=member.user_id), team=member.team_id)


class Board(models.Model):
    """A named collection of a team; with an `owner` only that person sees it. `count` is what it holds outside the trash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="boards")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=NAME)
    count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BoardQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gte=0), name="a_board_is_never_less_than_empty")]
        indexes = [models.Index(fields=["team", "-created_at"], name="boards_of_a_team")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        return self.owner_id is not None


class Mark(models.Model):
    """Something that was done to an asset, with the asset's own `created_at`: a list of them is in the Library's order
    by its index alone."""

    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class BoardItem(Mark):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="items")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "asset"], name="once_on_a_board")]
        indexes = [models.Index(fields=["board", "-made_at", "-asset"], name="assets_of_a_board")]

    def __str__(self) -> str:
        return f"{self.asset_id} on {self.board_id}"


class Star(Mark):
    """Each person's own."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="stars")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "asset"], name="one_star_of_a_person")]
        indexes = [models.Index(fields=["user", "team", "-made_at", "-asset"], name="stars_of_a_person")]

    def __str__(self) -> str:
        return f"{self.asset_id} for {self.user_id}"


class Tag(models.Model):
    """`name` is kept in lower case: a tag is one however it is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="one_tag_of_a_name")]

    def __str__(self) -> str:
        return self.name


class AssetTag(Mark):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses")
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "asset"], name="once_with_a_tag")]
        indexes = [models.Index(fields=["tag", "-made_at", "-asset"], name="assets_with_a_tag")]

    def __str__(self) -> str:
        return f"{self.asset_id} with {self.tag_id}"


class SearchText(models.Model):
    """What an asset is found by, cut into pieces (`search.pieces`). Ids grow as assets come: the newest is the last."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)
    asset = models.OneToOneField(Asset, on_delete=models.CASCADE, related_name="search_text")
    pieces = models.TextField()

    def __str__(self) -> str:
        return self.pieces


class SearchHit(models.Model):
    """SQLite's full text index of SearchText, a virtual table that triggers keep. A migration that makes the table of
    SearchText anew must make these triggers anew as well."""

    text = models.OneToOneField(
        SearchText, on_delete=models.DO_NOTHING, primary_key=True, db_column="rowid", related_name="+"
    )
    pieces = models.TextField()

    class Meta:
        managed = False
        db_table = "library_searchhit"

    def __str__(self) -> str:
        return self.pieces
