"""The price list, in hundredths of a credit per piece, by engine and kind. The one place where prices live.

Kie's figures are its public list (kie-api.md 2.1); Local's are our own: cheap, not zero, so that the flow is visible.
"""

PRICES: dict[str, dict[str, int]] = {
    "kie": {
        "image": 600,  # the same for 1, 2 or 4 variants is UNSURE there: each is priced
        "video": 1200,  # 5 s, 720p; the others are our estimates, UNSURE there
        "video 10s": 2400,
        "video 1080p": 2400,
        "video extend": 3000,  # one table there says 6 for each second
        "video extend 1080p": 6000,
    },
    "local": {
        "image": 100,
        "video": 200,
        "video 10s": 400,
        "video 1080p": 400,
        "video extend": 200,
        "video extend 1080p": 400,
    },
}


def price_of(kind: str, *, provider: str, pieces: int = 1) -> int:
    """What `pieces` of `kind` cost on `provider`. Raises KeyError for what that engine does not serve."""
    return PRICES[provider][kind] * pieces
