from dataclasses import dataclass
from typing import Any
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from studio.engine.illustrator.colour import COLOURS
from studio.engine.illustrator.composers import LAYOUTS
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.reading.brief import Brief, Subject
from studio.engine.illustrator.reading.nouns import SUBJECTS
from studio.engine.illustrator.reading.read import read
from studio.engine.illustrator.subjects import DRAW


@dataclass(frozen=True)
class Case:
    prompt: str
    setting: str
    things: tuple[str, ...] = ()  # Subject.words()
    rest: Any = ()  # further fields of the brief, as pairs

    def expected(self) -> dict[str, Any]:
        return dict(self.rest)


def case(prompt: str, setting: str, *things: str, **rest: Any) -> Case:
    return Case(prompt, setting, things, tuple(rest.items()))


PROMISED = (  # the prompts of the first sheet
    case("a lighthouse on a cliff at dusk, gouache", "sea", "lighthouse", time="dusk", medium="gouache"),
    case(
        "red fox in a snowy forest under northern lights, watercolour",
        "forest",
        "fox, red",
        time="night",
        season="winter",
        weather=frozenset(["aurora"]),
        medium="watercolour",
    ),
    case("harbour at dawn with three boats", "harbour", "3 boat", time="dawn"),
    case("desert dunes at noon, minimal poster", "desert", time="noon", minimal=True, form="poster", medium="gouache"),
    case("neon city street in the rain, pixel art", "city", time="night", medium="pixel", weather=frozenset(["rain"])),
    case("still life of pears and a blue jug, oil", "still", "3 pear", "jug, blue", medium="oil", time="day"),
    case("moon over a calm sea, linocut", "sea", "moon", time="night", mood="calm", medium="linocut"),
    case("whale below a small boat, paper-cut", "underwater", "whale, below boat", "boat", medium="papercut"),
    case("repeating pattern of ferns, two inks", "pattern", "3 fern", inks=2, medium="screenprint"),
    case("abstract, jazz at midnight", "abstract", time="night", mood="jazz"),
    case("mountain lake in autumn, pencil", "lake", season="autumn", medium="pencil", scenery=None),
    case(
        "space rocket leaving a field at night, vintage poster",
        "field",
        "rocket",
        time="night",
        medium="vintage",
        title="SPACE ROCKET",
    ),
)
RELATED = (
    case("cat on a chair", "interior", "cat, on chair", "chair"),
    case("a sleeping cat on a red chair by the window", "interior", "cat, lying, on chair", "chair, red"),
    case("cat on a chair sleeping", "interior", "cat, lying, on chair", "chair"),
    case("fox beside a cottage", "forest", "fox, near cottage", "cottage"),
    case("a bird above the tower", "field", "bird, over tower", "tower"),
    case("above the tower a bird", "field", "tower", "bird, over tower"),
    case("house behind trees", "field", "house, behind tree", "3 tree"),
    case("moon over the castle", "ridges", "moon, over castle", "castle", time="night"),
    case("a castle with a moon above it", "ridges", "castle", "moon, over castle"),
    case("a boat under a bridge", "sea", "boat, below bridge", "bridge"),
    case("a house between two trees", "field", "house, between tree", "2 tree"),
    case("a dog in front of a red house", "field", "dog, front house", "house, red"),
    case("on the left a windmill, on the right a horse", "field", "windmill, left", "horse, right"),
    case("to the left of the church a tall tree", "field", "church", "tree, left church"),
    case("a large oak in the centre of a meadow", "field", "tree, centre"),
    case("a fox in the foreground and mountains in the background", "ridges", "fox, fore"),
    case("a small red boat in the distance", "sea", "boat, red, back"),
    case("a deer and a rabbit under a tree", "forest", "deer, below tree", "rabbit, below tree", "tree"),
    case("person riding a horse through the desert", "desert", "person, sitting, on horse", "horse"),
    case("a cat in a boat", "sea", "cat, in boat", "boat"),
    case("sunflowers in a blue vase, oil painting", "still", "3 sunflower, in jug", "jug, blue", medium="oil"),
    case("a bear behind a tent in the forest", "forest", "bear, behind tent", "tent"),
    case("a girl with a red umbrella on a street", "city", "umbrella, red"),
)
POSED = (
    case("two running horses in a field", "field", "2 horse, running"),
    case("two horses on a meadow running", "field", "2 horse, running"),
    case("fox looking back in the snow", "forest", "fox, looking back", season="winter"),
    case("a fox sitting beside a sleeping rabbit", "forest", "fox, sitting, near rabbit", "rabbit, lying"),
    case("three birds flying over a teal sea", "sea", "3 bird, flying", local="teal", colours=()),
    case("a dog sleeping by the fireplace", "interior", "dog, lying"),
    case("a curled up cat", "interior", "cat, lying"),
    case("a galloping white horse", "field", "horse, white, running"),
    case("a leaping deer in autumn", "forest", "deer, jumping", season="autumn"),
)
PAGES = (
    case(
        "portrait of an old man with a beard and glasses, oil",
        "portrait",
        "person, old, man, beard, glasses",
        medium="oil",
    ),
    case("portrait of a fox", "portrait", "fox", form="portrait"),
    case("portrait of a girl with a yellow hat", "portrait", "person, young, woman, hat", colours=()),
    case("portrait of a young woman by the sea at sunset", "portrait", "person, young, woman", scenery="sea"),
    case("portrait of an old fisherman", "portrait", "person, old, man, beard, hat"),
    case("portrait of a woman with long red hair, oil", "portrait", "person, woman, red hair, long hair", colours=()),
    case("an old sailor with a white beard", "field", "person, old, man, hat, grey hair, beard", colours=()),
    case("a blonde girl in a red dress", "field", "person, red, fair hair, young, woman", colours=()),
    case("a street at night, neon", "city", time="night", medium="neon"),
    case("badge of a lighthouse", "emblem", "lighthouse", form="badge"),
    case("icon of a whale", "emblem", "whale", form="icon"),
    case("mountain emblem in teal and gold", "emblem", colours=("teal", "gold"), scenery="ridges", form="emblem"),
    case('a logo for "Blue Whale Coffee"', "emblem", text="Blue Whale Coffee", form="logo"),
    case('poster "JAZZ NIGHT" with a saxophone', "poster", "sax", text="JAZZ NIGHT", time="night"),
    case('travel poster "VISIT LISBON" harbour at sunset', "poster", scenery="harbour", text="VISIT LISBON"),
    case("poster of a lighthouse", "sea", "lighthouse", form="poster", medium="vintage"),
    case(
        "pattern of lemons and leaves in yellow and green", "pattern", "3 lemon", "3 leaf", colours=("yellow", "green")
    ),
    case("abstract shapes in red and black", "abstract", colours=("red", "black")),
    case("three orange fish in a coral reef", "underwater", "3 fish, orange", colours=()),
    case("a sleeping cat on a sofa by the window, sea outside", "interior", "cat, lying", scenery="sea"),
    case("planets in outer space", "sky", "3 planet", time="night"),
    case("new york skyline at sunset", "city", time="sunset", places=frozenset(["new york", "skyline"])),
    case("fog", "ridges", weather=frozenset(["fog"])),
)
CHINESE = (
    case("小船下面的鲸鱼，剪纸", "underwater", "whale, below boat", "boat", medium="papercut"),
    case("雪中的红狐狸，水彩", "forest", "fox, red", season="winter", medium="watercolour"),
    case("月亮在城堡上方", "ridges", "moon, over castle", "castle", time="night"),
    case("城堡上方的月亮，版画", "ridges", "moon, over castle", "castle", medium="linocut"),
    case("猫在椅子上睡觉", "interior", "cat, lying, on chair", "chair"),
    case("一只黑猫坐在窗台上，雨天", "interior", "cat, black, sitting", weather=frozenset(["rain"])),
    case("三只小船在海上，日落", "sea", "3 boat", time="sunset"),
    case("两匹白马在草原上奔跑", "field", "2 horse, white, running"),
    case("森林里的鹿，秋天", "forest", "deer", season="autumn"),
    case("沙漠中的骆驼，正午", "desert", "camel", time="noon"),
    case("灯塔的标志", "emblem", "lighthouse", form="logo"),
    case("一个女孩的肖像", "portrait", "person, young, woman"),
    case("红发女人的肖像", "portrait", "person, red hair, woman"),
    case("竹林里的熊猫，水墨", "forest", "bear", medium="inkwash"),
    case("城市夜晚下雨，霓虹", "city", time="night", weather=frozenset(["rain"])),
    case("抽象，蓝色和金色", "abstract", colours=("blue", "gold")),
    case("蕨类植物图案", "pattern", "3 fern"),
    case("港口，黎明，三只渔船", "harbour", "3 boat", time="dawn"),
)
MIXED = [
    "a",
    "two",
    "red",
    "fox",
    "whale",
    "boat",
    "on",
    "under",
    "behind",
    "between",
    "it",
    "the",
    "sea",
    "at",
    "night",
    "sleeping",
    "huge",
    "poster",
    "logo",
    "portrait",
    "of",
    ",",
    "and",
    "chair",
    "in",
    "teal",
    "trees",
    "the",
    "left",
    "of",
]
UNREAD = {
    "a lighthouse on a cliff at dusk": (),
    "travel poster of Lisbon at sunset": ("Lisbon",),
    "a quantum drone juggling bananas over the sea": ("quantum", "drone", "juggling"),
    "4k lighthouse, trending on ArtStation": ("4k", "trending", "ArtStation"),
    "robot holding a flower": ("holding",),
    "Fox and a Zorble, a ZORBLE": ("Zorble",),
    "🦊🦊 in the forest": ("🦊",),
    "the very best and most beautiful picture of a fox": ("most",),
    "无人机在城市上空飞": ("无人机",),
    "量子计算机": ("量子计算机",),
    "السلام عليكم fox": ("السلام", "عليكم"),
    "!!! ???": (),
}
TITLES = {
    "red fox in a snowy forest, vintage poster": "RED FOX",
    "a lonely wolf howling at the moon, vintage poster": "LONELY WOLF",
    "a lighthouse, vintage poster": "THE LIGHTHOUSE",
    "on the left a windmill, vintage poster": "THE WINDMILL",
    "travel poster of Lisbon at sunset": "LISBON",
    "vintage poster": "ABSTRACT",
    "灯塔，复古海报": "THE LIGHTHOUSE",
}


class ReadingTests(TestCase):
    def check(self, cases: tuple[Case, ...]) -> None:
        for each in cases:
            with self.subTest(each.prompt):
                brief = read(each.prompt)
                self.assertEqual(brief.setting, each.setting)
                self.assertEqual(tuple(subject.words() for subject in brief.subjects), each.things)
                for field, value in each.expected().items():
                    self.assertEqual((field, getattr(brief, field)), (field, value))

    def test_it_reads_the_promised_prompts(self) -> None:
        self.check(PROMISED)
        for each in PROMISED:
            self.assertEqual(read(each.prompt).unread, ())

    def test_it_reads_where_things_are(self) -> None:
        self.check(RELATED)

    def test_it_reads_what_they_do(self) -> None:
        self.check(POSED)

    def test_it_reads_what_kind_of_sheet_is_wanted(self) -> None:
        self.check(PAGES)

    def test_it_reads_chinese(self) -> None:
        self.check(CHINESE)
        for each in CHINESE:
            self.assertEqual(read(each.prompt).unread, ())

    def test_it_names_what_it_did_not_understand_as_it_was_written(self) -> None:
        for prompt, words in UNREAD.items():
            with self.subTest(prompt):
                self.assertEqual(read(prompt).unread, words)

    def test_it_titles_a_poster_in_the_prompts_own_words(self) -> None:
        for prompt, title in TITLES.items():
            with self.subTest(prompt):
                self.assertEqual(read(prompt).title, title)

    def test_sizes_are_read(self) -> None:
        tiny, plain, huge = (read(f"a {word} boat on the sea").subjects[0].size for word in ("tiny", "wooden", "huge"))
        self.assertLess(tiny, plain)
        self.assertLess(plain, huge)

    def test_the_summary_says_what_was_understood_and_no_more(self) -> None:
        summary = dict(read("two white horses running in a field at dawn").summary())
        self.assertEqual(summary["subjects"], "2 horse, white, running")
        self.assertEqual((summary["setting"], summary["time"]), ("field", "dawn"))
        self.assertNotIn("weather", summary)


class AnythingTests(TestCase):
    def complete(self, brief: Brief) -> None:
        """Whatever was typed, the rest of the engine can work with what was read."""
        self.assertIn(brief.setting, LAYOUTS)
        self.assertIn(brief.medium, RENDER)
        self.assertLessEqual(set(brief.colours), set(COLOURS))
        self.assertTrue(brief.title.strip())
        self.assertLessEqual({subject.name for subject in brief.subjects}, set(DRAW) | {"moon", "sun"})
        self.assertTrue(all(word.strip() for word in brief.unread))

    @given(st.text(max_size=200))
    def test_any_text_is_read(self, prompt: str) -> None:
        self.complete(read(prompt))

    @given(st.lists(st.sampled_from(MIXED), max_size=14))
    def test_any_order_of_known_words_is_read(self, words: list[str]) -> None:
        brief = read(" ".join(words))
        self.complete(brief)
        names = {subject.name for subject in brief.subjects}
        for subject in brief.subjects:
            self.assertTrue(subject.anchor is None or subject.anchor in names)

    def test_every_noun_is_read_in_every_spelling(self) -> None:
        for name, words in SUBJECTS.items():
            for word in words.split("|"):
                with self.subTest(word):
                    self.assertIn(name, [subject.name for subject in read(f"{word}, gouache").subjects])

    def test_a_subject_is_told_in_few_words(self) -> None:
        self.assertEqual(Subject(name="cat", relation="on", anchor="chair").words(), "cat, on chair")
