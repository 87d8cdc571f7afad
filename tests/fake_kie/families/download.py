"""Direct download addresses of results, good for twenty minutes (kie-api.md 1.5, 10.4)."""

from tests.fake_kie.checks import Field, checked, url
from tests.fake_kie.families.files import sign, task_of
from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Call, RefusedError, envelope
from tests.fake_kie.world import World


@route("POST", "/api/v1/common/download-url")
def download_url(world: World, call: Call) -> Answer:
    """For any file that was generated here; foreign addresses are refused."""
    address = checked(call, {"url": Field(url, required=True)})["url"]
    task = task_of(world, address)
    if task is None or task.account is not world.account_of(call):
        raise RefusedError(422, "The URL was not generated here")
    if world.expired(task.created, world.settings.media_days):
        raise RefusedError(422, "Only records of the last 14 days are supported")
    return envelope(sign(world, address))
