"""Which function answers which path. A family is one module in `families/` that registers its routes here."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fake_kie.wire import Answer, Call, RefusedError, envelope
from tests.fake_kie.world import World

Act = Callable[[World, Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    path: str  # one that ends with a slash answers for all below it
    act: Act
    creates: bool
    public: bool


ROUTES: list[Route] = []


def route(method: str, path: str, *, creates: bool = False, public: bool = False) -> Callable[[Act], Act]:
    """`creates` counts for the creation limit; `public` needs no key (or asks for it in its own words)."""

    def register(act: Act) -> Act:
        ROUTES.append(Route(method, path, act, creates, public))
        return act

    return register


def carry_out(world: World, call: Call) -> Answer:
    """Key first, then the creation limit, then the family's own checks (kie-api.md 14)."""
    with world.lock:
        try:
            found = find(call)
            if not found.public:
                world.account_of(call)
            if found.creates:
                count_create(world, call)
            return found.act(world, call)
        except RefusedError as refused:
            status = refused.code if world.settings.http_errors else refused.status
            return envelope(code=refused.code, msg=refused.msg, status=status)


def find(call: Call) -> Route:
    for known in ROUTES:
        below = known.path.endswith("/") and call.path.startswith(known.path)
        if known.method == call.method and (call.path == known.path or below):
            return known
    raise RefusedError(404, "Not Found", status=404)


def count_create(world: World, call: Call) -> None:
    limit = world.settings.create_limit
    if limit is not None and not world.account_of(call).creates.take(world.now(), most=limit, seconds=10):
        raise RefusedError(429, "Too many requests", status=429)


def creates(call: Call) -> bool:
    """Whether the call asks for something that is paid for."""
    return any(known.creates and (known.method, known.path) == (call.method, call.path) for known in ROUTES)
