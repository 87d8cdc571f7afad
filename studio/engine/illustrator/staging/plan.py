"""Gives every subject of a brief its place: first the free ones, then those that stand in a relation to another."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.reading.brief import Subject
from studio.engine.illustrator.staging import sizes
from studio.engine.illustrator.staging.placed import Box, Placed, Where, extent, union
from studio.engine.illustrator.staging.stage import Stage, third

CROWD = 7
LARGEST = 0.66  # of the short side
TALL = 0.44  # a building with something beside it


@dataclass(slots=True)
class Group:
    """All copies of one subject."""

    subject: Subject
    size: float
    where: Where
    copies: list[Placed] = field(default_factory=list)
    anchor: "Group | None" = None

    def box(self, scene: Scene) -> Box:
        return union([copy.box(scene) for copy in self.copies])

    def wide(self, scene: Scene) -> float:
        e = extent(self.subject.name, self.subject.pose)
        return (e.right - e.left) * self.size * scene.u / scene.w

    def tall(self, scene: Scene) -> float:
        e = extent(self.subject.name, self.subject.pose)
        return (e.top - e.bottom) * self.size * scene.u / scene.h


class Plan:
    def __init__(self, scene: Scene, stage: Stage) -> None:
        self.scene, self.stage, self.rng = scene, stage, scene.rng
        known = [self._known(placed) for placed in stage.fixed]
        taken = {group.subject.name for group in known}
        cast = [s for s in scene.brief.subjects if s.name not in sizes.LUMINARIES | stage.skip | taken]
        self.groups = known + [Group(s, sizes.alone(s.name) * s.size * stage.scale, self._home(s)) for s in cast]
        self._bind(known)
        self._proportion()

    def _known(self, placed: Placed) -> Group:
        placed.drawn = True
        return Group(placed.subject, placed.size, placed.where, [placed])

    def _home(self, subject: Subject) -> Where:
        stage, name = self.stage, subject.name
        if stage.deep and (name in sizes.SWIMMERS or stage.ground is None):
            return "deep"
        if stage.ground is None and stage.water is None:
            return "air"
        if name in sizes.AIR and subject.pose not in ("standing", "sitting", "walking"):
            return "air"
        if stage.water is not None and (name in sizes.WATER or name == "bridge" or stage.ground is None):
            return "water"
        return "air" if subject.pose == "flying" else "ground"

    def _bind(self, known: list[Group]) -> None:
        """Give each group its anchor, unless that would go round in a circle."""
        for group in self.groups:
            s = group.subject
            anchor = next((g for g in self.groups if g.subject.name == s.anchor and g is not group), None)
            seen, at = [group], anchor
            while at is not None and at not in seen:
                seen.append(at)
                at = at.anchor
            if anchor is not None and at is None and group not in known and s.relation:
                group.anchor = anchor

    def _proportion(self) -> None:
        """Things in a relation are drawn to each other's scale."""
        for root in [g for g in self.groups if g.anchor is None]:
            family = [g for g in self.groups if self._root(g) is root]
            if len(family) == 1:
                continue
            ratio = {id(g): sizes.beside(g.subject.name, root.subject.name) * g.subject.size for g in family}
            tallest = max(family, key=lambda g: ratio[id(g)])
            most = TALL if tallest.subject.name in sizes.SCENERY else sizes.alone(tallest.subject.name) * 1.2
            if any(g.subject.relation == "over" for g in family):
                most *= 0.85
            unit = min(LARGEST, most * max(1.0, self.stage.scale) * tallest.subject.size) / ratio[id(tallest)]
            widest = max(self._width_of(g) * ratio[id(g)] for g in family)
            unit = min(unit, 0.92 * self.scene.w / self.scene.u / widest)
            if root.copies:
                unit = root.size
            for g in family:
                if not g.copies:
                    g.size = max(unit * ratio[id(g)], 0.1 if g.where == "air" else 0.05)

    def _width_of(self, group: Group) -> float:
        e = extent(group.subject.name, group.subject.pose)
        return e.right - e.left

    def _root(self, group: Group) -> Group:
        while group.anchor is not None:
            group = group.anchor
        return group

    def place(self, group: Group, spots: Iterable[tuple[float, float, float]], **how: object) -> None:
        """Put the copies at (x, y, share of the size)."""
        for x, y, k in spots:
            placed = Placed(group.subject, group.subject.name, x, y, group.size * k, where=group.where, order=y)
            placed.flip = x > 0.5 if self.rng.random() < 0.85 else x <= 0.5
            for key, value in how.items():
                setattr(placed, key, value)
            group.copies.append(placed)

    # --- free subjects
    def free(self) -> None:
        waiting = [g for g in self.groups if not g.copies and g.anchor is None]
        mixed = any(g.subject.name not in sizes.SCENERY and g.where == "ground" for g in waiting)
        for group in waiting:
            if group.where == "air":
                self._fly(group)
            elif group.where == "water":
                self._float(group)
            elif group.where == "deep":
                self._swim(group)
            else:
                back = mixed and group.subject.name in sizes.SCENERY and group.subject is not waiting[0].subject
                self._stand(group, 0.45 if back else 1.0)

    def _stand(self, group: Group, plane: float) -> None:
        plane = {"fore": 1.5, "back": 0.12}.get(group.subject.relation or "", plane)
        group.size *= self.stage.grown(plane) / self.stage.scale
        n = min(group.subject.count, CROWD)
        step = group.wide(self.scene) * (1.06 if n < 4 else 0.85)
        total = step * (n - 1) + group.wide(self.scene)
        room = 1 - 2 * self.stage.margin
        if total > room:
            group.size *= max(0.45, room / total)
            step = min(step * max(0.45, room / total), (room - group.wide(self.scene)) / max(1, n - 1))
        x = self._column(group, step * (n - 1) + group.wide(self.scene), plane)
        self.place(group, self._row(group, x, step, n, plane), depth=min(1.0, 0.55 + 0.45 * plane))

    def _row(self, group: Group, x: float, step: float, n: int, plane: float) -> list[tuple[float, float, float]]:
        if n == 1:
            return [(x, self._fitted(group, self.stage.level(x, plane)), 1.0)]
        xs = x + (np.arange(n) - (n - 1) / 2) * step + self.rng.uniform(-0.1, 0.1, n) * step
        near = np.array([0.0, 1.0, 0.4, 0.8, 0.2, 0.6, 0.9])[:n] - 0.5
        return [
            (float(cx), self.stage.level(float(cx), plane + dp * 0.3), 1 + dp * 0.22)
            for cx, dp in zip(xs, near, strict=True)
        ]

    def _fitted(self, group: Group, y: float) -> float:
        """Shrink what would leave the top of the picture."""
        over = group.tall(self.scene) - (y - 0.04)
        if over > 0:
            group.size *= max(0.4, 1 - over / group.tall(self.scene))
        return y

    def _column(self, group: Group, wide: float, plane: float) -> float:
        """The free column that suits best: the weight of the picture first, its counterpart next."""
        hero = self.stage.x if self.stage.x is not None else third(self.scene)
        asked = {"left": 0.26, "right": 0.74, "centre": 0.5}.get(group.subject.relation or "")
        columns = [asked] if asked else [hero, 1 - hero, 0.5, 0.22, 0.78, 0.36, 0.64, 0.12, 0.88]
        low = self.stage.margin + wide / 2
        taken = [g.box(self.scene) for g in self.groups if g.copies]

        def cost(rank: int, x: float) -> float:
            y = self.stage.level(x, plane)
            mine = Box(x - wide / 2, y - group.tall(self.scene), x + wide / 2, y)
            return 0.004 * rank + sum(
                mine.covers(box) / max(1e-6, min(mine_area(mine), mine_area(box))) for box in taken
            )

        spots = [float(np.clip(x, min(0.5, low), max(0.5, 1 - low))) for x in columns]
        return min(enumerate(spots), key=lambda spot: cost(*spot))[1]

    def _float(self, group: Group) -> None:
        stage, n = self.stage, min(group.subject.count, CROWD)
        far, near = stage.water or 0.5, stage.shore
        group.size *= stage.scale if stage.scale != 1 else 1
        middle = self._column(group, group.wide(self.scene) * (1 if n == 1 else 2), 1.0)
        low, high = stage.columns
        spots = []
        for i in range(n):
            t = (0.14 + 0.6 * ((i * 2 + 1) % max(n, 2)) / max(n, 2)) if n > 1 else 0.38
            t = {"fore": 0.75, "back": 0.06}.get(group.subject.relation or "", t)
            spread = (i - (n - 1) / 2) * (0.28 if n <= 3 else 0.8 / n) * (high - low) / 0.8
            x = ((low + high) / 2 if n > 1 else middle) + spread + self.rng.uniform(-0.03, 0.03)
            spots.append((float(np.clip(x, low, high)), far + (near - far) * t, 0.55 + t * 0.95))
        for x, y, k in spots:
            t = (y - far) / max(0.01, near - far)
            self.place(group, [(x, y, k)], depth=0.75 + 0.25 * t)

    def _fly(self, group: Group) -> None:
        stage, n = self.stage, min(group.subject.count, CROWD)
        top, low = stage.air or (0.1, stage.horizon * 0.8 if stage.horizon > 0.38 else 0.5)
        if group.size < 0.12 and len(self.groups) == 1:
            group.size *= 1.7  # it is the picture
        x = self._column(group, group.wide(self.scene), 1.0)
        tall = group.tall(self.scene)
        if n == 1:
            y = top + (low - top) * self.rng.uniform(0.35, 0.75)
            self.place(group, [(x, max(y, top + tall * 0.9), 1.2)], depth=0.9)
            return
        lean = self.scene.side * 0.05
        for i in range(n):
            k = float(self.rng.uniform(0.65, 1.0)) if i else 1.2
            cx = float(
                np.clip(0.5 + (i - (n - 1) / 2) * min(0.24, 0.84 / n) + self.rng.uniform(-0.02, 0.02), 0.08, 0.92)
            )
            y = top + (low - top) * (0.25 + 0.6 * ((i * 2 + 1) % n) / n) + lean * (i - n / 2) * 0.3
            self.place(group, [(cx, max(y, top + tall * k), k)], depth=0.6 + 0.35 * min(1.0, k), order=k - 1)

    def _swim(self, group: Group) -> None:
        top, low = self.stage.deep or (0.4, 0.85)
        n = min(max(group.subject.count, 1), CROWD)
        x = self._column(group, group.wide(self.scene), 1.0)
        for i in range(n):
            k = 1.0 if i == 0 else 0.55 + 0.3 * float(self.rng.random())
            cx = x if i == 0 else float(np.clip(0.5 - self.scene.side * 0.17 * i * (-1) ** i, 0.1, 0.9))
            y = top + (low - top) * (0.55 if n == 1 else 0.2 + 0.75 * ((i * 2 + 1) % n) / n)
            self.place(group, [(cx, y, k)], flip=self.scene.side < 0)


def mine_area(box: Box) -> float:
    return box.wide * box.tall
