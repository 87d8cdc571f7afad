"""Chinese prompts: cut by longest match, put into English word order, handed on with the characters they came from."""

import re
from collections.abc import Iterator

from studio.engine.illustrator.reading.nouns import CHINESE as NOUNS

PLACES_AND_TIMES: dict[str, str] = {
    "静物": "still life",
    "图案": "pattern",
    "花纹": "pattern",
    "抽象": "abstract",
    "海报": "poster",
    "大海": "sea",
    "海边": "beach",
    "海滩": "beach",
    "沙滩": "beach",
    "悬崖": "cliff",
    "海": "sea",
    "湖": "lake",
    "河": "river",
    "山": "mountains",
    "雪山": "snowy mountains",
    "森林": "forest",
    "树林": "forest",
    "竹林": "forest",
    "沙漠": "desert",
    "沙丘": "dunes",
    "田野": "field",
    "草原": "meadow",
    "草地": "meadow",
    "花园": "garden",
    "城市": "city",
    "上海": "shanghai",
    "街道": "street",
    "街": "street",
    "港口": "harbour",
    "港": "harbour",
    "村庄": "village",
    "村": "village",
    "小镇": "town",
    "星空": "starry sky",
    "银河": "galaxy",
    "太空": "space",
    "夜空": "night sky",
    "窗台": "windowsill",
    "窗": "window",
    "房间": "room",
    "室内": "interior",
    "厨房": "kitchen",
    "水下": "underwater",
    "海底": "seabed",
    "黎明": "dawn",
    "清晨": "dawn",
    "早晨": "morning",
    "日出": "sunrise",
    "正午": "noon",
    "中午": "noon",
    "日落": "sunset",
    "夕阳": "sunset",
    "黄昏": "dusk",
    "傍晚": "dusk",
    "夜晚": "night",
    "午夜": "midnight",
    "夜": "night",
    "春天": "spring",
    "夏天": "summer",
    "秋天": "autumn",
    "冬天": "winter",
    "春": "spring",
    "夏": "summer",
    "秋": "autumn",
    "冬": "winter",
    "下雪": "snowing",
    "雪": "snow",
    "下雨": "rain",
    "雨": "rain",
    "雾": "fog",
    "暴风": "storm",
    "极光": "aurora",
    "樱花": "cherry blossom",
    "樱花树": "cherry blossom tree",
    "蕨类": "ferns",
    "蕨类植物": "ferns",
    "酒吧": "bar",
    "室外": "outside",
    "北极光": "northern lights",
}
LOOKS: dict[str, str] = {
    "安静": "calm",
    "宁静": "calm",
    "平静": "calm",
    "梦幻": "dreamy",
    "鲜艳": "vivid",
    "红色": "red",
    "蓝色": "blue",
    "绿色": "green",
    "金色": "gold",
    "白色": "white",
    "黑色": "black",
    "黄色": "yellow",
    "紫色": "purple",
    "粉色": "pink",
    "橙色": "orange",
    "红": "red",
    "蓝": "blue",
    "绿": "green",
    "金": "gold",
    "白": "white",
    "黑": "black",
    "黄": "yellow",
    "红发": "red hair",
    "金发": "blonde hair",
    "黑发": "black hair",
    "白发": "white hair",
    "水彩": "watercolour",
    "水墨": "ink wash",
    "油画": "oil painting",
    "版画": "linocut",
    "木刻": "linocut",
    "铅笔": "pencil",
    "素描": "pencil",
    "像素": "pixel art",
    "剪纸": "paper cut",
    "霓虹": "neon",
    "复古": "vintage poster",
    "复古海报": "vintage poster",
    "动漫": "anime",
    "水粉": "gouache",
    "丝网": "screen print",
    "极简": "minimal",
    "爵士": "jazz",
    "肖像": "portrait",
    "头像": "portrait",
    "标志": "logo",
    "徽章": "badge",
    "徽标": "logo",
    "图标": "icon",
    "坐": "sitting",
    "跑": "running",
    "奔跑": "running",
    "睡觉": "sleeping",
    "睡": "sleeping",
    "躺": "lying",
    "飞": "flying",
    "走": "walking",
    "游泳": "swimming",
    "跳": "jumping",
    "小": "small",
    "大": "big",
    "巨大": "huge",
    "一": "one",
    "两": "two",
    "二": "two",
    "三": "three",
    "四": "four",
    "五": "five",
    "六": "six",
    "几": "several",
    "群": "flock",
    "和": "and",
    "与": "and",
}
AFTER: dict[str, str] = {  # a relation follows its anchor
    "上方": "above",
    "上空": "above",
    "之上": "above",
    "下面": "below",
    "下方": "below",
    "之下": "below",
    "底下": "below",
    "上面": "on",
    "后面": "behind",
    "前面": "in front of",
    "旁边": "beside",
    "旁": "beside",
    "之间": "between",
    "左边": "left of",
    "右边": "right of",
    "里面": "inside",
    "上": "on",
    "下": "below",
    "中": "in",
    "里": "in",
}
SILENT = frozenset("的了在着地得是有个只条匹座艘朵位张幅棵辆架头把盏艺术画风格色一种片起与、之时")
WORDS = {**PLACES_AND_TIMES, **LOOKS, **NOUNS}
EVERY = sorted({**WORDS, **AFTER}, key=len, reverse=True)
HAN = re.compile(r"[\u3400-\u9fff]")
STOPS = str.maketrans(dict.fromkeys("，。、；：！？,;:.!?\n", "|"))

Piece = tuple[str, str]  # what was written, what it means ("" = not understood, or silent)


def speaks_chinese(text: str) -> bool:
    return HAN.search(text) is not None


def clauses(text: str) -> Iterator[list[Piece]]:
    """The clauses of a prompt, in English words and order."""
    for clause in text.translate(STOPS).split("|"):
        if clause.strip():
            yield _ordered(_cut(clause))


def _cut(clause: str) -> list[Piece]:
    """Pieces by longest match. Letters stay words; neighbouring characters without meaning stay together."""
    pieces: list[Piece] = []
    unknown, at = "", 0
    while at < len(clause):
        known = next((key for key in EVERY if clause.startswith(key, at)), None)
        if unknown and known and len(known) == 1 and _meaningless(clause, at + 1):
            known = None  # one character in the middle of an unknown word is not the thing it names alone
        letters = re.match(r"[^\W\u3400-\u9fff]+", clause[at:])
        piece = known or (letters.group() if letters else clause[at])
        if not known and not letters and HAN.match(piece) and piece not in SILENT:
            unknown += piece
        else:
            pieces += [(unknown, "")] if unknown else []
            unknown = ""
            pieces.append((piece, WORDS.get(piece, "") if known else piece))
        at += len(piece)
    return pieces + ([(unknown, "")] if unknown else [])


def _meaningless(clause: str, at: int) -> bool:
    """Whether no word begins here."""
    character = clause[at : at + 1]
    known = any(clause.startswith(key, at) for key in EVERY)
    return bool(HAN.match(character)) and character not in SILENT and not known


def _ordered(pieces: list[Piece]) -> list[Piece]:
    """ "X at A above" and "A above X" both become "X above A"."""
    cut = next((i for i, (piece, _) in enumerate(pieces) if piece in AFTER), None)
    if not cut:
        return pieces
    before, after = pieces[:cut], pieces[cut + 1 :]
    relation = (pieces[cut][0], AFTER[pieces[cut][0]])
    at = next((i for i, (piece, _) in enumerate(before) if piece == "在"), None)
    if at is not None:
        return [*before[:at], relation, *before[at + 1 :], *after]
    end = next((i for i, (piece, _) in enumerate(after) if piece in NOUNS), None)
    if end is None:
        return pieces
    return [*after[: end + 1], relation, *before, *after[end + 1 :]]
