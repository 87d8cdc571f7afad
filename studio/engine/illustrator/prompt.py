"""Prompt reader: words in, a typed `Brief` out. A lexicon and a few clause rules, no model.

English by word, Chinese by substring. Adjectives bind to the next noun of their clause ("a red fox" colours
the fox); colours that bind to nothing colour the palette ("in teal and gold"). Unknown words are kept in
`Brief.unread`, so that a caller can say honestly what was not understood."""

import re
from dataclasses import dataclass, field

from studio.engine.illustrator.colour import COLOURS
from studio.engine.illustrator.reading.nouns import CHINESE as NOUNS
from studio.engine.illustrator.reading.nouns import PLURAL, SUBJECTS

SETTINGS = {
    "pattern": "pattern|repeating|seamless|wallpaper|textile|tile",
    "still": "still life|stilllife|bowl of fruit|table top",
    "interior": "interior|room|windowsill|window sill|window|kitchen|bedroom|studio|library|armchair",
    "underwater": "underwater|under water|coral|reef|seabed|deep sea",
    "harbour": "harbour|harbor|port|marina|quay|dock|pier",
    "city": "city|street|downtown|alley|skyline|tokyo|new york|avenue|rooftops",
    "village": "village|hamlet|town|countryside church",
    "desert": "desert|dune|dunes|sahara|sand|canyon",
    "lake": "lake|fjord|pond|river",
    "sea": "sea|ocean|coast|cliff|beach|shore|waves|bay|island",
    "forest": "forest|wood|woods|woodland|jungle|pines|grove",
    "ridges": "ridge|ridges|mountain|mountains|hills|alps|valley|peaks|summit",
    "field": "field|meadow|prairie|farm|pasture|vineyard|garden|grassland",
    "sky": "night sky|galaxy|cosmos|milky way|outer space|stars",
    "abstract": "abstract|geometric|composition|bauhaus",
}
TIMES = {
    "dawn": "dawn|sunrise|daybreak|early morning|morning",
    "noon": "noon|midday|sunny|daylight|afternoon",
    "sunset": "sunset|golden hour|sundown",
    "dusk": "dusk|twilight|evening|nightfall|blue hour",
    "night": "night|midnight|moonlight|moonlit|moon|starry|stars|northern lights|aurora|neon",
}
SEASONS = {
    "spring": "spring|blossom|cherry",
    "summer": "summer",
    "autumn": "autumn|fall colours|october",
    "winter": "winter|snow|snowy|under snow|frost|frozen|ice",
}
WEATHER = {
    "rain": "rain|rainy|drizzle|wet",
    "snow": "snowing|snowfall|blizzard|under snow",
    "fog": "fog|mist|misty|haze|hazy|foggy",
    "storm": "storm|stormy|thunder",
    "aurora": "northern lights|aurora",
    "clouds": "cloudy|clouds|overcast",
}
MOODS = {
    "calm": "calm|quiet|serene|peaceful|still sea|gentle",
    "vivid": "vivid|vibrant|bright|bold|joyful|festival",
    "sombre": "moody|dark|gloomy|lonely|melancholy|sombre|noir",
    "dream": "dreamy|dream|magical|surreal|pastel|soft",
    "jazz": "jazz|blues|swing|saxophone|bebop",
    "minimal": "minimal|minimalist|simple|clean",
}
MEDIA = {
    "watercolour": "watercolour|watercolor|aquarelle",
    "linocut": "linocut|lino|woodcut|woodblock|block print|linoprint",
    "oil": "oil|oil painting|impasto|impressionist|impressionism|van gogh",
    "pencil": "pencil|sketch|graphite|charcoal|drawing",
    "pixel": "pixel|pixel art|8-bit|16-bit",
    "papercut": "paper-cut|papercut|paper cut|cut paper|layered paper|origami",
    "neon": "neon art|neon lines|synthwave|neon style|glowing lines",
    "vintage": "vintage poster|travel poster|vintage|retro|art deco",
    "inkwash": "ink wash|sumi|sumi-e|ink painting|brush ink",
    "screenprint": "screen-print|screenprint|screen print|serigraph|riso|risograph",
    "anime": "anime|manga|cel shading|cel-shaded|cartoon",
    "gouache": "gouache|poster paint|tempera|illustration",
}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "pair": 2,
    "couple": 2,
    "three": 3,
    "few": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "several": 4,
    "some": 3,
    "many": 7,
    "dozen": 8,
    "flock": 7,
    "herd": 5,
}
SIZES = {
    "small": 0.65,
    "tiny": 0.45,
    "little": 0.7,
    "large": 1.3,
    "big": 1.3,
    "huge": 1.6,
    "giant": 1.7,
    "tall": 1.25,
    "old": 1.0,
}
PLACES = {
    "on": "on",
    "over": "over",
    "above": "over",
    "below": "below",
    "beneath": "below",
    "under": "below",
    "behind": "behind",
    "near": "near",
    "beside": "near",
    "leaving": "leaving",
    "flying": "over",
    "inside": "in",
}
STOP = set(
    "a an the of in on at with and to by for from over under below above behind near beside very its his her their is are one two three "
    "art style painting picture print view scene ink inks color colour colors colours old light lights air hot into as".split()
)
CHINESE = {  # substring → the English words it stands for
    "静物": "still life",
    "图案": "pattern",
    "抽象": "abstract",
    "海报": "poster",
    "大海": "sea",
    "海": "sea",
    "湖": "lake",
    "山": "mountains",
    "森林": "forest",
    "沙漠": "desert",
    "田野": "field",
    "草原": "meadow",
    "城市": "city",
    "街": "street",
    "港": "harbour",
    "村": "village",
    "星空": "starry sky",
    "窗": "windowsill",
    "水下": "underwater",
    "黎明": "dawn",
    "清晨": "dawn",
    "日出": "sunrise",
    "正午": "noon",
    "日落": "sunset",
    "黄昏": "dusk",
    "傍晚": "dusk",
    "夜": "night",
    "春": "spring",
    "夏": "summer",
    "秋": "autumn",
    "冬": "winter",
    "雪": "snow",
    "雨": "rain",
    "雾": "fog",
    "极光": "aurora",
    "安静": "calm",
    "宁静": "calm",
    "红色": "red",
    "红": "red",
    "蓝": "blue",
    "绿": "green",
    "金": "gold",
    "白": "white",
    "黑": "black",
    "水彩": "watercolour",
    "水墨": "ink wash",
    "油画": "oil painting",
    "版画": "linocut",
    "木刻": "linocut",
    "铅笔": "pencil",
    "素描": "pencil",
    "像素": "pixel art",
    "剪纸": "paper-cut",
    "霓虹": "neon",
    "复古": "vintage poster",
    "动漫": "anime",
    "水粉": "gouache",
    "丝网": "screen-print",
    "极简": "minimal",
    "爵士": "jazz",
    "三": "three",
    "两": "two",
    "一": "one",
    "只": "",
}
CHINESE.update(NOUNS)


@dataclass
class Subject:
    name: str
    count: int = 1
    colour: str | None = None
    size: float = 1.0
    place: str | None = None  # preposition that leads to it ("below" a boat)
    described: bool = False


@dataclass
class Brief:
    prompt: str
    setting: str = "abstract"
    time: str = "day"
    season: str | None = None
    weather: set = field(default_factory=set)
    mood: str | None = None
    medium: str = "gouache"
    colours: list = field(default_factory=list)
    local: str | None = None  # colour of the place itself ("a teal sea")
    inks: int | None = None
    subjects: list = field(default_factory=list)
    text: str | None = None
    poster: bool = False
    minimal: bool = False
    unread: list = field(default_factory=list)

    def find(self, *names):
        return next((s for s in self.subjects if s.name in names), None)


def _hit(text, words):
    """Position of the first of `words` in the text as whole words, or -1."""
    m = re.search(r"(?<![\w-])(?:%s)(?![\w])" % words, text)
    return m.start() if m else -1


def _first(text, table, default=None):
    return next((key for key, words in table.items() if _hit(text, words) >= 0), default)


def _from_chinese(text):
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    out, i = [], 0
    keys = sorted(CHINESE, key=len, reverse=True)
    while i < len(text):
        key = next((k for k in keys if text.startswith(k, i)), None)
        out.append(
            f" {CHINESE[key]} " if key else (text[i] if text[i].isascii() else (" , " if text[i] in ",。、" else " "))
        )
        i += len(key) if key else 1
    return "".join(out)


def _singular(word):
    if word in PLURAL:
        return PLURAL[word], True
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return word[:-1], True
    return word, False


def _subjects(text):
    lookup = {w: name for name, words in SUBJECTS.items() for w in words.split("|")}
    for phrase in sorted((w for w in lookup if " " in w), key=len, reverse=True):
        text = re.sub(r"\b%s(s?)\b" % phrase, lambda m: phrase.replace(" ", "_") + m.group(1), text)
    found, known = [], set()
    for clause in re.split(r"[,;:·.]", text):
        count = colour = place = None
        size = 1.0
        pending = []
        for word in re.findall(r"[a-z_\-]+", clause):
            single, plural = _singular(word)
            name = lookup.get(word.replace("_", " ")) or lookup.get(single.replace("_", " "))
            if word in NUMBERS:
                count = NUMBERS[word]
            elif word in COLOURS and not name:
                colour = word
                pending.append(word)
            elif word in SIZES:
                size = SIZES[word]
            elif word in PLACES:
                place, count, colour, size = PLACES[word], None, None, 1.0
            elif name:
                n = count if count and (count > 1 or not plural) else (3 if plural else 1)
                if not any(s.name == name for s in found):
                    found.append(Subject(name, n, colour, size, place, bool(pending)))
                known.update(pending)
                count = colour = place = None
                size, pending = 1.0, []
    return found, known


def read(prompt):
    quoted = re.search(r"[\"“”«「『]([^\"“”»」』]{2,60})[\"“”»」』]", prompt)
    low = _from_chinese(prompt.lower().replace(quoted.group(0).lower(), " ") if quoted else prompt.lower())
    b = Brief(prompt, text=quoted.group(1).strip() if quoted else None)
    b.subjects, bound = _subjects(low)
    b.medium = _first(low, MEDIA, "gouache")
    bare = re.sub(r"oil painting|in oil", " ", low)
    b.time = _first(bare, TIMES, "day")
    b.season = _first(low, SEASONS)
    b.weather = {k for k, words in WEATHER.items() if _hit(low, words) >= 0}
    b.mood = _first(low, MOODS)
    b.minimal = "minimal" in low
    b.poster = _hit(low, "poster|flyer|cover|sign") >= 0
    place = re.search(
        r"\b(%s) (?:sea|ocean|water|lake|meadow|field|hills?|forest|sand|dunes|grass)\b" % "|".join(COLOURS), low
    )
    b.local = place.group(1) if place else None
    bound |= {b.local}
    b.colours = [w for w in re.findall(r"[a-z]+", low) if w in COLOURS and w not in bound]
    m = re.search(r"\b(one|two|three|four|1|2|3|4)[- ](?:ink|inks|colour|colours|color|colors)\b", low)
    b.inks = {"one": 1, "two": 2, "three": 3, "four": 4}.get(m.group(1)) or int(m.group(1)) if m else None
    b.setting = _setting(low, b)
    if b.mood == "jazz" and b.time == "day":
        b.time = "night"
    if b.setting in ("poster", "pattern") and b.medium == "gouache":
        b.medium = "screenprint"
    words = set(re.findall(r"[a-z]+", low)) - STOP
    lexicon = " ".join(w for t in (SETTINGS, TIMES, SEASONS, WEATHER, MOODS, MEDIA, SUBJECTS) for w in t.values())
    read_words = (
        set(re.findall(r"[a-z]+", lexicon))
        | set(COLOURS)
        | set(NUMBERS)
        | set(SIZES)
        | set(PLACES)
        | {"poster", "flyer", "bar"}
    )
    b.unread = sorted(w for w in words if w not in read_words and _singular(w)[0] not in read_words)
    return b


def _setting(low, b):
    if b.text and b.poster:
        return "poster"
    sea_life = b.find("whale", "fish")
    explicit = _first(low, SETTINGS)
    if explicit in ("sea", None) and sea_life and b.find("boat", "sailboat", "ship"):
        return "underwater"
    if explicit:
        return explicit
    if b.text:
        return "poster"
    for names, setting in (
        (("pear", "apple", "jug", "lemon", "bottle", "cup"), "still"),
        (("whale", "fish"), "underwater"),
        (("boat", "sailboat", "ship", "lighthouse"), "sea"),
        (("cat", "chair"), "interior"),
        (("fox", "deer", "wolf", "birch"), "forest"),
        (("car", "bicycle", "umbrella"), "city"),
        (("camel", "cactus", "palm"), "desert"),
        (("church", "cottage"), "village"),
        (("balloon", "castle", "bridge", "train"), "ridges"),
    ):
        if b.find(*names):
            return setting
    if b.subjects and b.subjects[0].name in ("moon", "sun"):
        return "sea"
    if b.season or b.weather - {"fog"} or b.time in ("dawn", "sunset", "dusk"):
        return "ridges"
    return "field" if b.subjects else "abstract"
