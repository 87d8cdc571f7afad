"""What a team has made: one row per file or text, kept for ever."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studio.accounts.models import Team, User

WIDTHS = (320, 640, 1280)  # of the small copies beside each picture


class Kind(models.TextChoices):
    IMAGE = "image", _("Image")
    VIDEO = "video", _("Video")


class Source(models.TextChoices):
    """How a file came here. A mask only says where another picture may change, so it stands in no list."""

    MADE = "made", _("Made here")
    UPLOAD = "upload", _("Uploaded")
    MASK = "mask", _("Mask")
    FRAME = "frame", _("Taken from a video")


class AssetQuerySet(models.QuerySet["Asset"]):
    def for_team(self, team: Team) -> "AssetQuerySet":
        return self.filter(team=team)

    def listed(self) -> "AssetQuerySet":
        """What people look through: all but the masks."""
        return self.exclude(source=Source.MASK)

    def newest_first(self) -> "AssetQuerySet":
        return self.order_by("-created_at", "-id")


class Asset(models.Model):
    """One file that came out of a task, or that somebody brought. The file is named by storage, never by a person.

    `origin` is the id of the request that made it, `generator` its media type, `provider` the engine, `parameters` what was asked for and `facts`
    what the engine told about the result: copies, so that the library needs no other room to explain a picture.
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

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = [
            # A step that stores may run twice: the second finds the first one's asset.
            models.UniqueConstraint(fields=["origin", "position"], name="one_asset_per_output"),
        ]
        indexes = [models.Index(fields=["team", "-created_at", "-id"], name="assets_of_a_team")]  # the Library page

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:asset", args=[self.pk])

    @property
    def small_url(self) -> str:
        return reverse("library:thumb", args=[self.pk, WIDTHS[0]])

    @property
    def title(self) -> str:
        return self.prompt or str(self.get_source_display() if not self.is_made else self.get_kind_display())

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
    def add(cls, team_id: uuid.UUID, size: int) -> None:
        """Count one more file. The addition happens in the database, so that writers at the same time lose nothing."""
        more = {"bytes": F("bytes") + size, "files": F("files") + 1}
        if not cls.objects.filter(pk=team_id).update(**more):
            cls.objects.get_or_create(pk=team_id)
            cls.objects.filter(pk=team_id).update(**more)
