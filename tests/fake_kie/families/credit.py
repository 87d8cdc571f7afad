"""The balance (kie-api.md 2)."""

from tests.fake_kie.routes import route
from tests.fake_kie.wire import Answer, Call, envelope
from tests.fake_kie.world import World


@route("GET", "/api/v1/chat/credit")
def credit(world: World, call: Call) -> Answer:
    return envelope(float(world.account_of(call).credits))
