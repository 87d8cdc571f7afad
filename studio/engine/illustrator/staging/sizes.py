"""How big things are, and where they are at home."""

SIZES: dict[str, tuple[float, float]] = {  # height when alone, as a share of the short side; height in life, in metres
    "lighthouse": (0.42, 18),
    "house": (0.2, 7),
    "cottage": (0.17, 5),
    "church": (0.32, 16),
    "tower": (0.4, 20),
    "castle": (0.42, 24),
    "bridge": (0.17, 8),
    "windmill": (0.34, 12),
    "fox": (0.3, 0.6),
    "deer": (0.3, 1.5),
    "wolf": (0.26, 0.8),
    "cat": (0.2, 0.4),
    "horse": (0.32, 1.8),
    "camel": (0.28, 2.1),
    "rabbit": (0.14, 0.35),
    "person": (0.2, 1.7),
    "umbrella": (0.26, 1.9),
    "bicycle": (0.19, 1.1),
    "car": (0.17, 1.5),
    "train": (0.14, 4),
    "rocket": (0.34, 30),
    "balloon": (0.2, 15),
    "bird": (0.075, 0.3),
    "butterfly": (0.08, 0.06),
    "sailboat": (0.26, 9),
    "boat": (0.2, 3.5),
    "ship": (0.17, 20),
    "rowboat": (0.16, 1.6),
    "whale": (0.2, 4),
    "fish": (0.14, 0.2),
    "pine": (0.4, 11),
    "tree": (0.36, 8),
    "birch": (0.5, 10),
    "palm": (0.4, 8),
    "cypress": (0.34, 9),
    "cactus": (0.26, 2.5),
    "flower": (0.24, 0.4),
    "fern": (0.3, 0.6),
    "leaf": (0.3, 0.4),
    "jug": (0.4, 0.3),
    "bottle": (0.42, 0.32),
    "cup": (0.18, 0.1),
    "pear": (0.22, 0.12),
    "apple": (0.17, 0.09),
    "lemon": (0.14, 0.07),
    "lamp": (0.34, 3),
    "chair": (0.3, 0.95),
    "sax": (0.5, 0.8),
    "dog": (0.24, 0.6),
    "bear": (0.3, 1.5),
    "lion": (0.3, 1.2),
    "cow": (0.3, 1.5),
    "sheep": (0.22, 0.9),
    "elephant": (0.42, 3.2),
    "owl": (0.2, 0.5),
    "penguin": (0.24, 0.7),
    "bee": (0.1, 0.05),
    "dolphin": (0.22, 1.2),
    "shark": (0.24, 1.8),
    "octopus": (0.26, 0.8),
    "jellyfish": (0.2, 0.5),
    "crab": (0.13, 0.25),
    "turtle": (0.16, 0.5),
    "aeroplane": (0.16, 9),
    "bus": (0.19, 3),
    "planet": (0.22, 40),
    "star": (0.2, 0.3),
    "skyscraper": (0.56, 60),
    "pagoda": (0.46, 24),
    "tent": (0.2, 1.9),
    "campfire": (0.15, 0.8),
    "astronaut": (0.3, 1.9),
    "robot": (0.32, 1.8),
    "dragon": (0.4, 5),
    "ghost": (0.26, 1.6),
    "skull": (0.28, 0.2),
    "snowman": (0.28, 1.7),
    "orange": (0.16, 0.08),
    "banana": (0.17, 0.12),
    "grapes": (0.22, 0.15),
    "strawberry": (0.17, 0.06),
    "cake": (0.24, 0.2),
    "bread": (0.2, 0.14),
    "cheese": (0.19, 0.13),
    "mushroom": (0.22, 0.25),
    "rose": (0.28, 0.5),
    "tulip": (0.26, 0.4),
    "sunflower": (0.36, 1.6),
    "guitar": (0.5, 1),
    "violin": (0.42, 0.6),
    "piano": (0.36, 1.5),
    "book": (0.2, 0.16),
    "candle": (0.3, 0.22),
    "clock": (0.26, 0.2),
    "key": (0.28, 0.1),
    "teapot": (0.24, 0.17),
    "heart": (0.26, 0.3),
    "crown": (0.2, 0.2),
}
USUAL = (0.26, 1.0)
AIR = frozenset(["bird", "balloon", "rocket", "butterfly", "aeroplane", "planet", "star", "bee"])
WATER = frozenset(["sailboat", "boat", "ship", "rowboat", "whale", "dolphin"])
SWIMMERS = frozenset(["whale", "fish", "dolphin", "shark", "octopus", "jellyfish", "turtle"])
LUMINARIES = frozenset(["moon", "sun"])
AT_SEA = AIR | WATER | SWIMMERS | LUMINARIES
BUILDINGS = frozenset(
    [
        "lighthouse",
        "house",
        "cottage",
        "church",
        "tower",
        "castle",
        "bridge",
        "windmill",
        "train",
        "skyscraper",
        "pagoda",
        "tent",
    ]
)
PLANTS = frozenset(["pine", "tree", "birch", "palm", "cypress"])
SCENERY = BUILDINGS | PLANTS  # stands behind animals and people
SHELTERS = PLANTS | frozenset(["bridge", "umbrella", "lamp", "chair"])  # there is room beneath them
SEATS: dict[str, tuple[float, float]] = {  # where one sits on a thing, in its own frame; else the middle of its top
    "chair": (-0.04, 0.46),
    "horse": (-0.05, 0.66),
    "camel": (0.0, 0.74),
    "boat": (-0.05, 0.3),
    "rowboat": (-0.12, 0.16),
    "sailboat": (-0.15, 0.12),
    "ship": (-0.2, 0.3),
    "bridge": (0.2, 0.62),
    "elephant": (0.0, 0.82),
    "cow": (-0.05, 0.62),
    "dragon": (-0.05, 0.55),
    "bicycle": (-0.2, 0.42),
    "car": (0.0, 0.72),
    "whale": (0.1, 0.42),
    "house": (0.2, 0.92),
    "cottage": (0.2, 0.92),
    "castle": (0.0, 0.62),
    "church": (-0.2, 0.52),
}
FLOWERS = frozenset(["flower", "rose", "tulip", "sunflower"])
VESSELS = frozenset(
    ["boat", "rowboat", "sailboat", "ship", "jug", "cup", "car", "balloon", "train"]
)  # one sits in them


def alone(name: str) -> float:
    return SIZES.get(name, USUAL)[0]


def beside(name: str, other: str) -> float:
    """How tall a thing is for another next to it: true to life, but drawn together as picture books do."""
    return float((SIZES.get(name, USUAL)[1] / SIZES.get(other, USUAL)[1]) ** 0.5)
