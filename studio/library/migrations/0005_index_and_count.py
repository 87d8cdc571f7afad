from typing import Any

from django.db import migrations
from django.db.models import Count

from studio.library.search import pieces

MASK = "mask"
BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """What is there already is counted and can be found, in the order in which it came."""
    Asset, Tally, SearchText = (apps.get_model("library", name) for name in ("Asset", "Tally", "SearchText"))
    listed = Asset.objects.exclude(source=MASK)
    for row in listed.values("team_id", "kind").annotate(count=Count("pk")):
        Tally.objects.create(team_id=row["team_id"], name=f"kind:{row['kind']}", count=row["count"])
    rows = listed.order_by("created_at", "id").values_list("pk", "team_id", "prompt")
    batch = []
    for pk, team_id, prompt in rows.iterator(chunk_size=BATCH):
        batch.append(SearchText(asset_id=pk, team_id=team_id, pieces=pieces(prompt)))
        if len(batch) == BATCH:
            SearchText.objects.bulk_create(batch)
            batch = []
    SearchText.objects.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0004_search_index'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
