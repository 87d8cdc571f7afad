"""How fast one account may begin new work at Kie, as arithmetic on one stored number."""

LIMIT = 20  # creations in any ten seconds of one account (kie-api.md 1.5)
PER_US = 10_000_000


def next_slot(tat_us: int, now_us: int, *, limit: int = LIMIT, per_us: int = PER_US) -> tuple[int, int]:
    """`(0, new)` when a creation may leave now and `new` is to be stored before it does, else `(microseconds to wait,
    tat_us)`. `tat_us` is what was stored last, 0 at first; all clocks are of the same epoch.

    The generic cell rate algorithm (ITU-T I.371) with a burst of b and one more every T lets up to b + per/T leave in
    some window. With b = limit/2 and T = per/(limit - b) that is the limit, in every window, its ends included: half of
    the limit may leave at once, and the other half is what the rate adds.
    """
    burst = max(1, limit // 2)
    step = -(-per_us // max(1, limit - burst))
    tat = min(max(tat_us, now_us), now_us + burst * step)  # a clock that was set back must not stop the studio
    wait = tat - (burst - 1) * step - now_us
    return (wait, tat_us) if wait > 0 else (0, tat + step)
