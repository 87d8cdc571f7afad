"""What a prompt asks to move: the camera's word, and the verbs of the scene. English and Chinese."""

import re
from dataclasses import dataclass
from functools import cache

CAMERA = (  # the first that fits; "orbit" before "left", which it may contain
    ("static", r"static|still camera|locked(?:-off)?|fixed camera|tripod|静止|固定镜头|镜头不动|定格"),
    ("orbit", r"orbit\w*|circl\w+ (?:around|the)|arc shot|环绕|绕着|旋转镜头|围绕"),
    ("pull", r"pull\w* (?:back|out|away)|pull-?back|zoom\w* out|dolly out|reveal\w*|拉远|拉开|后退|缩小|拉镜头|远离"),
    (
        "push",
        r"push\w*(?:[ -]in)?|zoom\w*(?: in)?|dolly\w*(?: in)?|closer|approach\w*|推近|推进|推镜头?|拉近|放大|靠近",
    ),
    (
        "left",
        r"pan(?:s|ning)? (?:to the )?left|(?:track|slid|mov|truck)\w* (?:to the )?left|左摇|左移|向左摇|向左平移|镜头向左",
    ),
    ("right", r"pan(?:s|ning)?|(?:track|slid|truck)\w*(?: (?:to the )?right)?|右摇|右移|向右|横移|平移|摇镜头?"),
    ("up", r"tilt\w* up|crane up|camera (?:rises|lifts|climbs)|上摇|上移|仰拍|镜头上升|镜头升"),
    ("down", r"tilt\w*(?: down)?|crane down|camera (?:sinks|lowers|descends)|下摇|下移|俯拍|镜头下降|镜头降"),
    ("drift", r"hand-?held|drifting camera|camera drifts|floating camera|hovering|手持|漂浮镜头|晃动"),
)
VERBS = (
    ("rain", r"rain(?:s|y|ing|fall|drops?)?|drizzl\w*|downpour|storm\w*|下雨|雨"),
    ("snow", r"snow(?:s|ing|fall|flakes?)?\b|flakes|blizzard|飘雪|下雪|雪花"),
    ("fall", r"fall(?:s|ing)|(?:leaves|petals|blossoms?) (?:drift|float|swirl|blow)\w*|飘落|落下|落叶|花瓣"),
    (
        "rise",
        r"ris(?:e|es|ing)|ascend\w*|lift\w* off|embers?|sparks?|fireflies|bubbles|升起|上升|升空|火星|萤火虫|气泡",
    ),
    ("fly", r"fl(?:y|ies|ying)|soar\w*|glid\w+|sail(?:s|ing)\b|飞|翱翔|航行|驶"),
    ("drift", r"drift\w*|float\w*|dust|mist|haze|漂(?!亮)|飘|尘|雾"),
    (
        "wave",
        r"wav(?:e|es|ing)|sway\w*|wind(?:s|y)?|breez\w+|ripples?|swell|flutter\w*|波浪|海浪|摇曳|摆动|风(?![景格光])|涟漪",
    ),
)
HOW = {"camera", "slow", "slowly", "gently", "smooth", "shot", "镜头"}
EASTERN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Script:
    camera: str
    verbs: frozenset[str]

    @property
    def weather(self) -> frozenset[str]:
        return self.verbs & {"rain", "snow"}


def script_of(prompt: str) -> Script:
    low = prompt.lower()
    camera = next((name for name, words in CAMERA if _says(low, words)), "gentle")
    return Script(camera, frozenset(name for name, words in VERBS if _says(low, words)))


def scene_words(prompt: str) -> str:
    """The prompt without what it tells the camera; as it is, when it tells nothing else."""
    words = prompt
    for _name, said in CAMERA:
        words = _pattern(said).sub(" ", words)
    return words if any(letter.isalnum() for letter in words) else prompt


def is_direction(word: str) -> bool:
    """Whether a word that the illustrator could not draw says what moves, or how."""
    low = word.lower()
    return any(_says(low, words) for _name, words in VERBS) or low in HOW


def _says(low: str, words: str) -> bool:
    return _pattern(words).search(low) is not None


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """English words by their edges, Chinese ones wherever they stand."""
    western = "|".join(word for word in _split(words) if not EASTERN.search(word))
    eastern = "".join("|" + word for word in _split(words) if EASTERN.search(word))
    return re.compile(rf"(?<![a-z])(?:{western})(?![a-z]){eastern}", re.IGNORECASE)


def _split(words: str) -> list[str]:
    """At the bars that stand outside of brackets."""
    parts, depth = [""], 0
    for sign in words:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
