"""The words that are no things: places, times, weathers, media, poses, relations. Alternatives stand in one string.

Where a prompt names several places, the table's order decides; the same for times and media.
"""

SETTINGS: dict[str, str] = {
    "pattern": "pattern|repeating|seamless|wallpaper|textile|tile",
    "still": "still life|stilllife|bowl of fruit|table top|tabletop|on a table|on the table",
    "interior": "interior|room|living room|windowsill|window sill|window|kitchen|bedroom|studio|library|fireplace|"
    "attic|cafe|café|indoors|bookshelf|hallway",
    "underwater": "underwater|under water|coral|reef|coral reef|seabed|deep sea|aquarium|ocean floor",
    "harbour": "harbour|harbor|port|marina|quay|dock|pier|wharf",
    "city": "city|street|city street|downtown|alley|skyline|tokyo|new york|paris|london|shanghai|hong kong|avenue|"
    "rooftops|metropolis|cityscape|skyscraper|crosswalk|boulevard",
    "village": "village|hamlet|town|countryside church|suburb",
    "desert": "desert|dune|sahara|sand|canyon|oasis",
    "lake": "lake|fjord|pond|river|lagoon|waterfall",
    "sea": "sea|ocean|coast|cliff|beach|shore|wave|bay|island|seaside|lagoon|high seas",
    "forest": "forest|wood|woods|woodland|jungle|pines|grove|rainforest|clearing",
    "ridges": "ridge|mountain|hill|hills|alps|valley|peak|summit|mountain range|highlands|volcano",
    "field": "field|meadow|prairie|farm|pasture|vineyard|garden|grassland|park|steppe|savanna|savannah|countryside",
    "sky": "night sky|starry sky|galaxy|cosmos|milky way|outer space|space|stars|universe|nebula",
    "abstract": "abstract|geometric|composition|bauhaus|shapes",
}
TIMES: dict[str, str] = {
    "dawn": "dawn|sunrise|daybreak|early morning|morning|first light",
    "noon": "noon|midday|sunny|daylight|afternoon|high noon",
    "sunset": "sunset|golden hour|sundown",
    "dusk": "dusk|twilight|evening|nightfall|blue hour",
    "night": "night|midnight|moonlight|moonlit|moon|full moon|starry|stars|northern lights|aurora|neon|nocturnal",
}
SEASONS: dict[str, str] = {
    "spring": "spring|blossom|cherry|cherry blossom|springtime",
    "summer": "summer|summertime",
    "autumn": "autumn|autumnal|fall colours|fall colors|in fall|october|november",
    "winter": "winter|snow|snowy|under snow|frost|frosty|frozen|ice|icy|wintry|snow covered",
}
WEATHER: dict[str, str] = {
    "rain": "rain|rainy|raining|drizzle|wet|downpour",
    "snow": "snowing|snowfall|blizzard|under snow|falling snow|snowstorm",
    "fog": "fog|mist|misty|haze|hazy|foggy",
    "storm": "storm|stormy|thunder|thunderstorm|lightning",
    "aurora": "northern lights|aurora|aurora borealis|polar lights",
    "clouds": "cloudy|cloud|overcast",
}
MOODS: dict[str, str] = {
    "calm": "calm|quiet|serene|peaceful|still sea|gentle|tranquil|cosy|cozy",
    "vivid": "vivid|vibrant|bright|bold|joyful|festival|colourful|colorful|cheerful|happy",
    "sombre": "moody|dark|gloomy|lonely|melancholy|sombre|noir|mysterious|sad|eerie|spooky",
    "dream": "dreamy|dream|magical|surreal|pastel|soft|whimsical|fairytale",
    "jazz": "jazz|blues|swing|saxophone|bebop",
    "minimal": "minimal|minimalist|simple|clean|minimalistic",
}
MEDIA: dict[str, str] = {
    "watercolour": "watercolour|watercolor|aquarelle",
    "linocut": "linocut|lino|woodcut|woodblock|block print|linoprint|lino print|lino cut|engraving",
    "oil": "oil|oil painting|oil paint|impasto|impressionist|impressionism|van gogh|oil on canvas",
    "pencil": "pencil|sketch|graphite|charcoal|drawing|pencil drawing|pencil sketch",
    "pixel": "pixel|pixel art|8 bit|16 bit|8bit|16bit",
    "papercut": "paper cut|papercut|cut paper|layered paper|origami|paper cutout",
    "neon": "neon art|neon lines|synthwave|neon style|glowing lines",
    "vintage": "vintage poster|travel poster|vintage|retro|art deco|retro poster|lithograph",
    "inkwash": "ink wash|sumi|sumi e|ink painting|brush ink|chinese ink",
    "screenprint": "screen print|screenprint|serigraph|riso|risograph|silkscreen|silk screen",
    "gouache": "gouache|poster paint|tempera|illustration",
}
FORMS: dict[str, str] = {  # what kind of sheet it is; the first named wins
    "portrait": "portrait|portrait of|headshot|bust of|face of|self portrait",
    "badge": "badge|patch|sticker|stamp|seal of",
    "logo": "logo|logotype|logo for|brand mark|trademark",
    "icon": "icon|app icon|pictogram|icon of",
    "emblem": "emblem|crest|coat of arms|insignia|shield",
    "poster": "poster|flyer|cover|sign|poster of|poster for|placard",
}
POSES: dict[str, str] = {
    "looking back": "looking back|looks back|looking over its shoulder|glancing back",
    "sitting": "sitting|sits|seated|perched|sit|resting",
    "running": "running|runs|galloping|racing|run|trotting|sprinting",
    "lying": "lying|lies|sleeping|asleep|sleeps|curled up|napping|sleepy|dozing",
    "flying": "flying|flies|soaring|gliding|hovering|floating above",
    "walking": "walking|walks|strolling|wandering|hiking|walk",
    "swimming": "swimming|swims|diving|swim",
    "jumping": "jumping|jumps|leaping|leaps|jump|breaching|dancing",
    "standing": "standing|stands|stand|waiting",
}
RELATIONS: dict[str, str] = {
    "front": "in front of|before",
    "behind": "behind|beyond",
    "between": "between|among|amid",
    "left": "left of|to the left of|on the left of|on the left side of|on the left|at left",
    "right": "right of|to the right of|on the right of|on the right side of|on the right|at right",
    "near": "beside|near|next to|close to|by|alongside|at the foot of|around|with",
    "over": "over|above|high above|flying over|soaring over|floating over",
    "below": "below|beneath|under|underneath",
    "on": "on|upon|on top of|atop|riding|riding on|aboard|crossing",
    "in": "in|inside|into|within|at",
    "leaving": "leaving|launching from|lifting off from|taking off from",
    "fore": "in the foreground|in foreground|up close|close up",
    "back": "in the background|in the distance|far away|on the horizon|in background|distant|faraway",
}
TRAITS: dict[str, str] = {  # of people and animals; drawn in portraits
    "old": "old|elderly|aged|wise|grandmother|grandfather|grandma|grandpa",
    "young": "young|girl|boy|child|kid",
    "woman": "woman|women|girl|lady|queen|grandmother|grandma|she|princess",
    "man": "man|men|boy|king|grandfather|grandpa|gentleman|he|prince",
    "beard": "beard|bearded",
    "moustache": "moustache|mustache",
    "smile": "smiling|smile|laughing|happy|grinning",
    "glasses": "glasses|spectacles|eyeglasses",
    "hat": "hat|cap|beret|straw hat",
    "scarf": "scarf",
    "curly": "curly|curly hair|curls",
    "long hair": "long hair|long haired",
    "short hair": "short hair|short haired",
    "crown": "crown|crowned",
}
ALWAYS_TRAITS = frozenset("old young woman man".split())  # said of anyone; no word of them needs drawing
NUMBERS: dict[str, int] = {
    "a": 1,
    "an": 1,
    "one": 1,
    "single": 1,
    "lone": 1,
    "two": 2,
    "pair": 2,
    "couple": 2,
    "both": 2,
    "three": 3,
    "few": 3,
    "trio": 3,
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
    "fleet": 5,
    "school": 6,
    "group": 4,
    **{str(n): n for n in range(2, 10)},
}
SIZES: dict[str, float] = {
    "tiny": 0.45,
    "small": 0.65,
    "little": 0.7,
    "tall": 1.25,
    "large": 1.3,
    "big": 1.3,
    "huge": 1.6,
    "giant": 1.7,
    "enormous": 1.7,
}
COLOUR_WORDS: dict[str, str] = {  # other names of the palette's colours
    "golden": "gold",
    "scarlet": "red",
    "ruby": "crimson",
    "azure": "blue",
    "cobalt": "blue",
    "aqua": "turquoise",
    "lilac": "violet",
    "lavender": "violet",
    "beige": "cream",
    "ivory": "cream",
    "coral": "peach",
    "olive": "green",
    "copper": "rust",
    "terracotta": "rust",
    "ginger": "orange",
    "amber": "gold",
    "maroon": "crimson",
    "sepia": "brown",
}
LOCAL_PLACES = frozenset("sea ocean water lake meadow field hill hills forest sand dune dunes grass river pond".split())
ANAPHORS = frozenset(["it", "them", "him", "her"])
JOINS = frozenset(["and", "or", "with", "&"])
ARTICLES = frozenset("a an the this that its his her their my our your".split())
STOP = (
    ARTICLES
    | JOINS
    | ANAPHORS
    | frozenset(
        "of to for from as is are be being at in on by up down out off over under very so all and not no too s t it "
        "which who while where there here has have into onto through across along during after around against only "
        "just like i me we you please make draw paint create show want would art artwork style styled painting print "
        "painted drawn picture image view scene background foreground side top middle centre center ink inks color "
        "colour colors colours coloured colored tone tones light lights air hot old new sky ground world beautiful "
        "pretty nice lovely great good amazing stunning highly detailed quality high best masterpiece done "
        "made using set full whole hand cut red-ish water grass bar one".split()
    )
)
