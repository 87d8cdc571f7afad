"""`/_control/…`: what a test in the same process does by calling, done over HTTP with JSON.

GET  /_control/log      every request, and what was answered
GET  /_control/state    balances, tasks, faults, callbacks
POST /_control/<name>   {"<argument>": …}: plan, fault, account, settings, advance, finish, callback, webhook, web,
                        release, reset
"""

import base64
from collections.abc import Callable
from typing import Any

from tests.fake_kie.wire import Answer, Body, Call, as_json
from tests.fake_kie.world import World

Control = Callable[..., Any]


def answer(world: World, call: Call) -> Answer:
    name = call.path.removeprefix("/_control/")
    if (call.method, name) == ("GET", "log"):
        return as_json(world.log.as_json())
    if (call.method, name) == ("GET", "state"):
        return as_json(state(world))
    control = controls(world).get(name)
    if control is None or call.method != "POST":
        return as_json({"error": f"there is no {call.method} {name}"}, status=404)
    try:
        control(**(call.body or {}))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return as_json({"error": f"{type(error).__name__}: {error}"}, status=400)
    return as_json({"ok": True})


def controls(world: World) -> dict[str, Control]:
    return {
        "plan": world.plan,
        "fault": world.fault,
        "account": world.account,
        "settings": lambda **says: assign(world.settings, says),
        "advance": world.advance,
        "finish": world.finish,
        "callback": world.callback,
        "webhook": lambda **says: assign(world.callbacks, says),
        "web": lambda url, content: world.web.update({url: base64.b64decode(content)}),
        "release": world.release,
        "reset": world.reset,
    }


def assign(target: Any, says: Body) -> None:
    """Only what is there already: a misspelt name must not pass."""
    for name, value in says.items():
        getattr(target, name)
        setattr(target, name, value)


def state(world: World) -> Body:
    now = world.now()
    return {
        "url": world.url,
        "accounts": {key: float(account.credits) for key, account in world.accounts.items()},
        "tasks": {
            task.id: {
                "family": task.family.name,
                "step": task.step(now),
                "key": task.account.key,
                "params": task.params,
            }
            for task in list(world.tasks.values())
        },
        "faults": [fault.as_json() for fault in world.faults.all],
        "callbacks": [{"url": sent.url, "body": sent.body, "status": sent.status} for sent in world.callbacks.attempts],
    }
