"""The sky of a picture and where its sun or moon hangs, as the brief asked for."""

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.nature import sky, sun
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.staging.placed import Placed

Spot = tuple[float, float]  # a column and the height of what stands there


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
    under = any(s.relation == "below" and s.anchor == asked.name for s in sc.brief.subjects)
    if over and (under or (asked.relation == "over" and asked.anchor)):
        high = r * sc.u / sc.h
        x = over[0] + sc.side * 0.02
        y = max(high + 0.03, min(y, over[1] - high - 0.03))
    return x, y, r
