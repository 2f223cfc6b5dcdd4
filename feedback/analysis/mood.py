"""Guesses whether somebody is critical or pleased, from words alone, and says how often it is wrong."""

import re

from . import words

# How often the guess differs from people's own judgement, in percent, where it dares one: measured by
# `python -m bench mood` on reviews whose writers gave marks; a test holds it true.
WRONG_PERCENT = 31

_CRITICAL = """
abandoned absurd afraid against alarming angry annoyed annoying anxious appalled appalling arrogant
ashamed awful bad badly banned blocked boring broke broken bullied burst careless chaos cheated complain
complaint concerned confused confusing contempt corrupt costly crap crowded cruel damage damaged danger
dangerous dark dead delay delayed denied despair destroy destroyed dirty disagree disappointed
disappointing disaster disgrace disgraceful disgusting dishonest dismal dreadful dull dumped empty excuse
excuses expensive fail failed failing failure fake fear filthy flawed flood flooded forced forgot
forgotten frustrated frustrating furious grim harm hate hated hates hopeless horrible horrid hurt hurts
idiot idiotic ignored ignoring impossible inadequate incompetent inconvenience insult insulting joke
killed kills lack lacks late lazy leak leaking lie lied lies lonely lose loses losing lost mad mess
mindless misery missed missing mistake muddle nasty neglected nightmare noise noisy nonsense nothing
nuisance objection oppose overpriced pain pathetic patronising pointless pollute polluted poor poorly
pothole potholes problem problems punish punishes rats refuse refused reject rejected ridiculous rotten
rubbish rude ruin ruined ruins sad scam scandal scared scary secretive shabby shame shameful shocking
shut sick silly slow smell smells sorry stink stinks stolen struggle stuck stupid suffer suffering
terrible terrified threat tired too trapped trouble ugly unable unacceptable unaffordable uncaring
unclear unfair unhappy unhelpful unsafe upset useless vandalised waste wasted wasting weak worried worry
worse worst wrong
"""
_PLEASED = """
accessible agree amazing appreciate appreciated beautiful best better bravo bright brilliant calm careful
charming cheer cheerful clean clear clever comfortable congratulations considerate convenient courteous
cracking credit delight delighted delightful easier easily easy effective efficient encouraging enjoy
enjoyable enjoyed enjoys excellent excited fab fabulous fair fantastic fast favourite fine fixed friendly
fun generous gentle glad good gorgeous grateful great happy helped helpful helps honest hooray hope
hopeful impressed impressive improve improved improvement kind kindly kindness love loved lovely loves
marvellous nice outstanding patient perfect pleasant pleased pleasure polite pretty promising prompt
proud quick quickly reassuring recommend reliable relief relieved remarkable respect respectful right
safe safer sensible smart smooth soon splendid support supportive super superb sympathetic terrific thank
thankful thanks thoughtful thrilled tidy useful warm welcome welcomed well wins wise wonderful wonders
worked works worth yes
"""
_TURNS_ROUND = """
not no never nor neither without hardly barely isnt wasnt arent werent dont doesnt didnt cant couldnt
wont wouldnt shouldnt aint nobody nothing lacks stop
"""
NEGATIONS = frozenset(_TURNS_ROUND.split())
_BUT = frozenset({"but", "however", "although", "yet", "except"})
_STRONG = frozenset({"very", "so", "really", "extremely", "absolutely", "totally", "utterly", "completely"})
_SIGNS = {
    "😡": -2,
    "🤬": -2,
    "😠": -2,
    "👎": -2,
    "😢": -1,
    "😞": -1,
    "🙄": -1,
    "💩": -2,
    "😀": 1,
    "😊": 1,
    "😍": 2,
}
_SIGNS |= {
    "❤": 2,
    "💛": 2,
    "💚": 2,
    "💙": 2,
    "🎉": 2,
    "👍": 2,
    "👏": 2,
    "🙏": 1,
    ":)": 1,
    ":-)": 1,
    ":(": -1,
    ":-(": -1,
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A weaker sum than this is no mood, only a word.
_DARES, _REACH = 1.0, 3

_WORTH = dict.fromkeys(_CRITICAL.split(), -1.0) | dict.fromkeys(_PLEASED.split(), 1.0)
# These say little by themselves.
_WORTH |= dict.fromkeys(
    ("well", "right", "fine", "soon", "hope", "yes", "too", "nothing", "late", "sorry"), 0.0
)
_WORTH |= {"too": -0.5, "nothing": -0.5, "late": -0.5, "sorry": -0.5, "hope": 0.3, "fine": 0.5, "yes": 0.3}


def guess(text: str) -> str:
    """Return "negative", "positive", or "neutral" where neither is told; reads English and common signs."""
    score = sum(_score(sentence) for sentence in words.sentences(text)) + _of_signs(text)
    if abs(score) < _DARES:
        return "neutral"
    return "positive" if score > 0 else "negative"


def _score(sentence: str) -> float:
    found = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
    bare = [word.replace("'", "") for word in found]
    total = 0.0
    for at, word in enumerate(bare):
        if word in _BUT:
            # What comes after "but" is what is meant.
            total *= 0.5
            continue
        worth = _WORTH.get(word, 0.0)
        if not worth:
            continue
        before = bare[max(0, at - _REACH) : at]
        if set(before) & NEGATIONS:
            worth *= -0.7
        if before and before[-1] in _STRONG:
            worth *= 1.5
        total += worth
    return total


def _of_signs(text: str) -> float:
    return float(sum(worth for sign, worth in _SIGNS.items() if sign in text))
