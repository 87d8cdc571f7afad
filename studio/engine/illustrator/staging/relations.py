"""Where a thing goes that was put on, over, below, behind, before, beside or between others."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from studio.engine.illustrator.staging import sizes
from studio.engine.illustrator.staging.placed import Placed, extent
from studio.engine.illustrator.staging.plan import Group, Plan

Resolve = Callable[[Plan, Group, Group], None]
BEFORE, AFTER = -0.004, 0.004  # in drawing order
GAP = 0.014


def relate(plan: Plan, group: Group) -> None:
    """Place a group whose anchor is placed."""
    assert group.anchor is not None
    anchor = group.anchor
    if group.subject.relation in ("over", "below") and group.where == "deep":
        plan._swim(group)
        return
    RESOLVE.get(group.subject.relation or "near", near)(plan, group, anchor)


def on(plan: Plan, group: Group, anchor: Group) -> None:
    """On its seat, or on the middle of its top; several sit on several."""
    inside = group.subject.relation == "in"
    for i in range(min(group.subject.count, 5)):
        seat = anchor.copies[i % len(anchor.copies)]
        e = extent(seat.name, seat.subject.pose)
        sx, sy = sizes.SEATS.get(seat.name, ((e.left + e.right) / 2 + _shift(i, group), e.top - 0.01))
        own = group.size
        if inside and seat.name in ("jug", "cup", "bottle"):
            sx, sy, own = 0.0, e.top - 0.25, max(own, seat.size * 0.6)
        elif inside:
            sy -= own / seat.size * 0.22
        x = seat.x + (-sx if seat.flip else sx) * seat.size * plan.scene.u / plan.scene.w
        y = seat.y - sy * seat.size * plan.scene.u / plan.scene.h
        back = inside or (seat.name in sizes.VESSELS and group.subject.pose is None)
        spot = Placed(group.subject, group.subject.name, x, y, own, seat.depth, "held", seat.flip)
        spot.order = seat.order + (BEFORE if back else AFTER)
        group.copies.append(spot)


def _shift(i: int, group: Group) -> float:
    return 0.0 if group.subject.count == 1 else (i - (min(group.subject.count, 5) - 1) / 2) * 0.2


def over(plan: Plan, group: Group, anchor: Group) -> None:
    box, scene, n = anchor.box(plan.scene), plan.scene, min(group.subject.count, 7)
    if group.subject.name in sizes.SCENERY:
        high_behind(plan, group, anchor)
        return
    group.where = "air"
    room = box.y0 - 0.04
    tall = group.tall(scene)
    if tall > room - GAP:
        group.size *= max(0.35, (room - GAP) / tall)
        tall = group.tall(scene)
    wide = group.wide(scene)
    for i in range(n):
        x = float(np.clip(box.x + (i - (n - 1) / 2) * max(wide * 1.1, 0.07), 0.08, 0.92))
        lift = min(max(0.0, room - tall - GAP), (0.05 + 0.05 * (i % 2)) if n > 1 else 0.06)
        y = box.y0 - GAP - lift + extent(group.subject.name, group.subject.pose).bottom * group.size * scene.u / scene.h
        plan.place(group, [(x, y, 1.0)], depth=0.95, order=anchor.copies[0].order + AFTER)


def high_behind(plan: Plan, group: Group, anchor: Group) -> None:
    """A building above another stands higher up the slope."""
    box = anchor.box(plan.scene)
    y = box.y1 - min(0.16, box.tall * 0.75)
    tall = group.tall(plan.scene)
    if tall > y - 0.04:
        group.size *= max(0.4, (y - 0.04) / tall)
    plan.place(group, [(box.x, y, 1.0)], depth=0.8, order=anchor.copies[0].order - 0.05)


def below(plan: Plan, group: Group, anchor: Group) -> None:
    name = anchor.subject.name
    if anchor.where == "air":
        if group.where == "air":
            under_in_air(plan, group, anchor)
        else:
            _column_of(plan, group, anchor)
    elif name in sizes.SHELTERS:
        sheltered(plan, group, anchor)
    elif anchor.where == "water":
        box = anchor.box(plan.scene)
        y = min(0.96, box.y1 + GAP + group.tall(plan.scene) * 1.1)
        plan.place(group, [(box.x, y, 1.0)], order=y, where="deep", depth=0.8)
    else:
        front(plan, group, anchor)


def under_in_air(plan: Plan, group: Group, anchor: Group) -> None:
    box = anchor.box(plan.scene)
    y = box.y1 + GAP + group.tall(plan.scene) * 1.15
    plan.place(group, [(box.x, min(0.9, y), 1.0)], depth=0.9, order=anchor.copies[0].order)


def _column_of(plan: Plan, group: Group, anchor: Group) -> None:
    """On its own ground or water, in the anchor's column; the anchor moves up when it is too low."""
    box, kept = anchor.box(plan.scene), plan.stage.x
    plan.stage.x = box.x
    if group.where == "water":
        plan._float(group)
    else:
        plan._stand(group, 1.0)
    plan.stage.x = kept
    mine = group.box(plan.scene)
    sink = box.y1 - (mine.y0 - GAP)
    for copy in anchor.copies:
        if sink > 0:
            copy.y -= min(sink, max(0.0, box.y0 - 0.03))


def sheltered(plan: Plan, group: Group, anchor: Group) -> None:
    """Beneath a crown, an arch or a seat: no taller than the room there is."""
    seat = anchor.copies[0]
    share = {"bridge": 0.5, "chair": 0.4, "palm": 0.7, "lamp": 0.75}.get(seat.name, 0.42)
    group.size = min(group.size, seat.size * share)
    tree = seat.name in sizes.PLANTS or seat.name == "lamp"
    n, wide = min(group.subject.count, 5), group.wide(plan.scene)
    off = plan.scene.side * (seat.size * 0.16 * plan.scene.u / plan.scene.w + wide * 0.2) if tree else 0.0
    siblings = sum(len(g.copies) for g in plan.groups if g.anchor is anchor)
    for i in range(n):
        k = i + siblings
        x = seat.x + (off + k * wide * 0.9 if k % 2 == 0 else -off - k * wide * 0.9)
        plan.place(group, [(float(np.clip(x, 0.06, 0.94)), seat.y + 0.012, 1.0)], order=seat.order + AFTER)
    for copy in group.copies:
        copy.where = "water" if group.where == "water" else "ground"


def behind(plan: Plan, group: Group, anchor: Group) -> None:
    """Further away, and seen past the anchor: in the widest gap of several, else past its side."""
    box, seat = anchor.box(plan.scene), anchor.copies[0]
    group.size *= 0.85
    y = seat.y - min(0.06, max(0.02, (seat.y - plan.stage.horizon) * 0.35))
    if len(anchor.copies) > 1:
        x = _gap(plan, anchor)
    else:
        out = box.wide * 0.32 + group.wide(plan.scene) * 0.34
        x = box.x + (out if box.x < 0.5 else -out)
    plan.place(group, [(float(np.clip(x, 0.08, 0.92)), y, 1.0)], depth=seat.depth * 0.85, order=seat.order - 0.1)
    _more(plan, group)


def _gap(plan: Plan, anchor: Group) -> float:
    boxes = sorted((copy.box(plan.scene) for copy in anchor.copies), key=lambda b: b.x)
    left, right = max(pairwise(boxes), key=lambda pair: pair[1].x0 - pair[0].x1)
    return (left.x1 + right.x0) / 2


def front(plan: Plan, group: Group, anchor: Group) -> None:
    box, seat = anchor.box(plan.scene), anchor.copies[0]
    group.size *= 1.08
    off = min(box.wide * 0.22, 0.1) * (1 if box.x < 0.5 else -1)
    y = min(0.975, seat.y + 0.055)
    plan.place(group, [(box.x + off, y, 1.0)], order=max(c.order for c in anchor.copies) + 0.05)
    _more(plan, group)


def near(plan: Plan, group: Group, anchor: Group) -> None:
    """Beside it, on the side that was asked for or that has more room, turned towards it."""
    box, seat, wide = anchor.box(plan.scene), anchor.copies[0], group.wide(plan.scene)
    side = {"left": -1, "right": 1}.get(group.subject.relation or "", 1 if box.x < 0.5 else -1)
    n = min(group.subject.count, 5)
    need = wide * n + GAP * 2
    room = (box.x0 if side < 0 else 1 - box.x1) - 0.03
    if need > room and anchor.anchor is None and not seat.drawn:
        _slide(plan, anchor, -side * min(need - room, max(0.0, (1 - box.x1 if side < 0 else box.x0) - 0.04)))
        box = anchor.box(plan.scene)
    for i in range(n):
        x = (box.x1 if side > 0 else box.x0) + side * (GAP + wide * (0.5 + i))
        y = plan.stage.level(x, 1.02) if seat.where == group.where == "ground" and not plan.stage.fixed else seat.y
        plan.place(group, [(float(np.clip(x, 0.05, 0.95)), max(y, seat.y) + 0.008, 1.0)], flip=side > 0)
    for copy in group.copies:
        copy.depth = seat.depth


def _slide(plan: Plan, anchor: Group, dx: float) -> None:
    for copy in anchor.copies:
        copy.x += dx
        if copy.where == "ground" and plan.stage.ground:
            copy.y += plan.stage.level(copy.x, 1.0) - plan.stage.level(copy.x - dx, 1.0)


def between(plan: Plan, group: Group, anchor: Group) -> None:
    if len(anchor.copies) < 2:
        near(plan, group, anchor)
        return
    scene, wide = plan.scene, group.wide(plan.scene)
    copies = sorted(anchor.copies, key=lambda copy: copy.x)
    middle = len(copies) // 2
    left, right = copies[middle - 1], copies[middle]
    lack = wide * 0.9 - (right.box(scene).x0 - left.box(scene).x1)
    for copy in copies:
        copy.x += max(0.0, lack) / 2 * (1 if copy.x > left.x else -1)
    x = (left.box(scene).x1 + right.box(scene).x0) / 2
    y = (left.y + right.y) / 2
    plan.place(group, [(x, y, 1.0)], order=min(left.order, right.order) + BEFORE, depth=left.depth)
    _more(plan, group)


def _more(plan: Plan, group: Group) -> None:
    """Further copies stand beside the first."""
    first, wide = group.copies[0], group.wide(plan.scene)
    for i in range(1, min(group.subject.count, 5)):
        x = first.x + wide * 0.95 * ((i + 1) // 2) * (-1) ** i
        plan.place(group, [(float(np.clip(x, 0.05, 0.95)), first.y + 0.006 * i, 0.95)], depth=first.depth)


RESOLVE: dict[str, Resolve] = {
    "on": on,
    "in": on,
    "over": over,
    "below": below,
    "behind": behind,
    "front": front,
    "near": near,
    "left": near,
    "right": near,
    "between": between,
    "leaving": near,
}
