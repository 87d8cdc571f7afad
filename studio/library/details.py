"""What there is to say about an asset, as (label, value) rows."""

from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from studio.catalog import registry
from studio.library.models import Asset

Rows = list[tuple[str, str]]


def facts(asset: Asset) -> Rows:
    """The file itself: who made it and when, how large it is, where its copy lies."""
    who = asset.made_by.name if asset.made_by else _("Someone")
    made = formats.date_format(timezone.localtime(asset.created_at), "DATETIME_FORMAT")
    rows = [(_("Made by"), f"{who}, {made}")]
    if asset.width and asset.height:
        rows.append((_("Size"), f"{asset.width} × {asset.height}"))
    if asset.duration:
        rows.append((_("Length"), _("%(seconds)s s") % {"seconds": _short(asset.duration)}))
    if fps := asset.facts.get("fps"):
        rows.append((_("Frames"), _("%(count)s each second") % {"count": _short(fps)}))
    rows += [
        (_("File"), f"{asset.media_type.rpartition('/')[2].upper()}, {filesizeformat(asset.size)}"),
        (_("Engine"), provider_name(asset.provider)) if asset.is_made else (_("Source"), asset.get_source_display()),
        (_("Copy"), _("Removed from the trash") if asset.is_gone else _("In your storage")),
    ]
    return rows


def numbers(asset: Asset) -> Rows:
    """What machines call it."""
    rows = [(_("Piece"), str(asset.pk))]
    if asset.is_made and asset.origin:
        rows.append((_("Task"), str(asset.origin)))
    return [
        *rows,
        (_("Type"), asset.media_type),
        (_("Bytes"), str(asset.size)),
        (_("Checksum"), f"sha256 {asset.checksum}"),
    ]


def parameters(asset: Asset) -> Rows:
    """What was asked for, in the words of the slice that made it; where the engine told what this one piece was made
    with, as each variation has a seed of its own, that."""
    own = {name: value for name, value in asset.facts.items() if name in asset.parameters}
    try:
        generator = registry.get(asset.generator)
        return generator.details(generator.params_class.from_json({**asset.parameters, **own}))
    except (KeyError, ValueError):  # made by a slice, or a version of it, that is gone: the bare values still tell
        return [(str(name), str(value)) for name, value in asset.parameters.items()]


def inputs(asset: Asset) -> list[Asset]:
    """The team's assets that went into it, in order."""
    try:
        generator = registry.get(asset.generator)
        roles = generator.inputs(generator.params_class.from_json(asset.parameters))
    except (KeyError, ValueError):
        return []
    ids = [pk for each in roles.values() for pk in each]
    found = (
        {str(it.pk): it for it in Asset.objects.filter(team_id=asset.team_id, pk__in=ids, gone_at=None)} if ids else {}
    )
    return [found[pk] for pk in ids if pk in found]


def provider_name(name: str) -> str:
    return {"local": _("Local engine"), "kie": "Kie"}.get(name, name)


def _short(number: float) -> str:
    """Whole numbers without a fraction."""
    return str(formats.localize(int(number) if number == int(number) else round(number, 2)))
