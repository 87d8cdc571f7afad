"""The sky of a picture and where its sun or moon hangs, as the brief asked for."""

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.nature import sky, sun
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.staging.placed import Placed, union
from studio.engine.illustrator.staging.sizes import LUMINARIES

Spot = tuple[float, float]  # a column and the height of what stands there
EDGE, GAP = 0.055, 0.015  # of the height, above and below what hangs over a thing; some media have a margin
LEAST = 0.025  # of the height, the smallest sun or moon


def heaven(
    sc: Scene,
    horizon: float,
    *,
    x: float | None = None,
    y: float | None = None,
    r: float | None = None,
    body: bool = True,
    stars: bool | None = None,
    over: Spot | None = None,
) -> None:
    """Sky, stars, and the light, which hangs over `over` when the brief says so."""
    asked = sc.brief.find("moon", "sun")
    if asked:
        x, y, r = _asked(sc, asked, horizon, (x, y, r), over)
    sky(sc, horizon, body or asked is not None, x, y, r, stars)
    if asked and x is not None and y is not None and r is not None:
        if sc.sun is None or sc.sun[1] < 0:
            sun(sc, x, y, r)
        r *= sc.u / sc.h
        sc.placed.append(Placed(asked, asked.name, x, y + r, 2 * r * sc.h / sc.u, where="air", drawn=True))


def _asked(
    sc: Scene, asked: Subject, horizon: float, wish: tuple[float | None, float | None, float | None], over: Spot | None
) -> tuple[float, float, float]:
    x, y, r = wish
    r = (r or 0.06) * asked.size
    x = x if x is not None else 0.5 + sc.side * sc.rng.uniform(0.12, 0.24)
    y = y if y is not None else horizon * sc.rng.uniform(0.3, 0.5)
    x = {"left": 0.24, "right": 0.76, "centre": 0.5}.get(asked.relation or "", x)
    over = sc.perch or over
    if over and _beneath(sc, asked):
        high = max(LEAST, min(r * sc.u / sc.h, (over[1] - EDGE - GAP) / 2))
        x, y, r = over[0] + sc.side * 0.02, max(high + EDGE, min(y, over[1] - high - GAP)), high * sc.h / sc.u
    return x, y, r


def _beneath(sc: Scene, asked: Subject) -> set[str]:
    """What the words say it hangs over."""
    names = {s.name for s in sc.brief.subjects if s.relation == "below" and s.anchor == asked.name}
    return names | ({asked.anchor} if asked.relation == "over" and asked.anchor else set())


def perch(sc: Scene) -> Spot | None:
    """Where the sun or moon of a finished scene ought to hang; None when it does. Layouts hang it before they know."""
    hung = next((p for p in sc.placed if p.name in LUMINARIES), None)
    things = [p for p in sc.placed if hung and p.name in _beneath(sc, hung.subject)]
    if not hung or not things:
        return None
    mine, box = hung.box(sc), union([p.box(sc) for p in things])
    return None if mine.y1 <= box.y0 and box.x0 <= mine.x <= box.x1 else (box.x, box.y0)
