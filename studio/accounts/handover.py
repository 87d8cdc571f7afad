"""What a person owns in a team moves to somebody else when they leave it: each room that has such things says how.

Assets, tasks and entries are history, they keep their maker. Boards and keys are owned. A room registers its mover in
the `ready` of its app; it runs inside the transaction that takes the person out.
"""

from collections.abc import Callable

from studio.accounts.models import Team, User

Mover = Callable[[Team, User, User], int]
_movers: list[Mover] = []


def register(mover: Mover) -> Mover:
    """`mover(team, of, to)` moves what `of` owns in the team to `to` and says how much that was."""
    _movers.append(mover)
    return mover


def move(team: Team, *, of: User, to: User) -> int:
    return sum(mover(team, of, to) for mover in _movers)
