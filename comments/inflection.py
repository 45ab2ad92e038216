"""The forms of a listed word: stems, each with the endings that it takes. Rules, no dictionary.

A form is matched by what is cut off at its end, so that a word costs the same whether it has two forms or forty.
Everything is folded (letters.py): č, ć and c are one letter, and so are š and s, ž and z, đ and d.

More forms than a word really has do no harm as long as they are no other words; that is why short stems and English
words on “-er” (butt, butter) are left alone.
"""

VOWELS = set("aeiou")
LEAST_STEM = 3


def _endings(text):
    return frozenset(ending.strip("-") for ending in text.split())


ADJECTIVE = _endings("- a o e i u og oga om omu ome oj ih im ima")
OV = "ov ova ovo ovu ove ovi ovom ovoj ovog ovoga ovim ovih ovima"
EV = OV.replace("o", "e", 1).replace(" o", " e")
IN = "in ina ino inu ine ini inom inoj inog inoga inim inih inima"
MASCULINE = ADJECTIVE | _endings(f"em {OV} {EV}")
FEMININE = (ADJECTIVE | _endings(f"ama {IN}")) - {""}
NEUTER = (ADJECTIVE | _endings("em")) - {""}
# Before these k, g, h become c, z, s (seljaci, knjizi) or č, ž, š (seljače, majčin).
SOFT = _endings(f"i ima e {IN} {EV}")
WITH_T = _endings("a u om i ima e")
SOFTER = {"k": "c", "g": "z", "h": "s"}
VOICELESS = {"b": "p", "d": "t", "z": "s", "g": "k"}

PASSIVE = ("a", "o", "u", "e", "i", "om", "oj", "og", "im", "ih", "ima", "")
PAST = ("la", "lo", "li", "le")
GERUND = ("je", "ja", "ju", "jem", "jima")


def _verb(vowel, present, *, masculine, passive):
    past = {masculine, *(vowel + ending for ending in PAST)}
    names = {passive + ending for ending in (*PASSIVE, *GERUND)}
    return frozenset(_endings(present) | past | names | {f"{vowel}ti", f"{vowel}vsi", f"{vowel}h", f"{vowel}smo"})


A_PRESENT = "am as a amo ate aju em es e emo ete u i ite aj ajte ajmo uci ajuci"
A_VERB = _verb("a", A_PRESENT, masculine="ao", passive="an")
U_PRESENT = _endings("em es e emo ete u i ite mo te uci")
# By the end of the infinitive: what is put in its place, and the endings behind that.
VERBS = [
    ("ovati", "uj", U_PRESENT),
    ("ivati", "uj", U_PRESENT),
    ("nuti", "n", _verb("u", "em es e emo ete u i ite imo", masculine="uo", passive="ut")),
    ("jeti", "", _verb("je", "im is i imo ite e eci", masculine="io", passive="jen")),
    ("iti", "", _verb("i", "im is i imo ite e u eci", masculine="io", passive="en")),
    ("ati", "", A_VERB),
]
LEAST_VERB = 2
# Of a verb with a short stem what keeps the vowel of its infinitive: “sram” (shame) is no form of “srati”.
SHORT_VERB = _endings("ati ao ala alo ali ale anje anja anju iti io ila ilo ili ile enje")


def stems(word, language):
    """[(stem, endings)] of a folded word, the word itself included."""
    by_language = {"hr": _croatian, "en": _english}.get(language)
    found = by_language(word) if by_language and word.isalpha() else []
    return [(word, frozenset({""})), *found]


def _croatian(word):
    if verb := _croatian_verb(word):
        return verb
    if len(word) < LEAST_STEM:
        return []
    if word[-1] == "a":
        return _feminine(word[:-1])
    if word[-1] == "o" and word[-2] in VOWELS:
        return [*_masculine(word[:-1] + "l"), (word[:-2] + "l", MASCULINE)]
    if word[-1] in "oe":
        return _neuter(word)
    if word[-1] in VOWELS:
        return [(word[:-1], MASCULINE - {""})]
    return _masculine(word)


def _croatian_verb(word):
    for infinitive, added, endings in VERBS:
        stem = word.removesuffix(infinitive)
        if stem == word or len(stem) < LEAST_VERB:
            continue
        if added == "uj":
            return [(stem + added, endings), (word[:-3], A_VERB)]  # psovati: psujem, psovao
        return [(stem + added, endings if len(stem) >= LEAST_STEM else SHORT_VERB & endings)]
    return []


def _masculine(word):
    bases = [word, *_without_fleeting_a(word)]
    found = [(word, MASCULINE), *((base, MASCULINE - {""}) for base in bases[1:])]
    found += [(softer, SOFT) for base in bases for softer in _softer(base)]
    if word.endswith(("anin", "arin", "bin", "cin")):
        found.append((word[:-2], _endings("i a e ima")))  # građanin, građani; Srbin, Srbi
    return found


def _feminine(stem):
    found = [(stem, FEMININE), *((softer, SOFT) for softer in _softer(stem))]
    if len(stem) > LEAST_STEM and stem[-1] not in VOWELS and stem[-2] not in VOWELS:
        found.append((f"{stem[:-1]}a{stem[-1]}", _endings("a")))  # kurva, kurava
    return found


def _neuter(word):
    stem = word[:-1]
    found = [(stem, NEUTER)]
    if word[-1] == "e":
        found.append((word + "t", WITH_T))  # magare, magareta
    if len(stem) > LEAST_STEM and stem[-1] not in VOWELS and stem[-2] not in VOWELS:
        found.append((f"{stem[:-1]}a{stem[-1]}", _endings("a")))  # govno, govana
    return found


def _softer(stem):
    return [stem[:-1] + SOFTER[stem[-1]]] if stem[-1] in SOFTER else []


def _without_fleeting_a(word):
    """The stem of “kurac” (kurc-), “šupak” (šupk-), “gladan” (gladn-), “sladak” (slatk-), “svetac” (svec-)."""
    if len(word) <= LEAST_STEM or word[-2] != "a" or word[-1] in VOWELS or word[-3] in VOWELS:
        return []
    before, last = word[-3], word[-1]
    if last in "kctsp":
        before = VOICELESS.get(before, before)
    if last == "c" and before in "td":
        before = ""
    if last == "n" and before in "td" and word[-4] in "sz":
        before = ""  # bolestan, bolesn-
    return [word[:-3] + before + last]


def _english(word):
    """“-er” is not among them: “butter” is no form of “butt”."""
    if word.endswith("e"):
        return [(word, _endings("- s d")), (word[:-1], _endings("ing"))]
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return [(word, _endings("- s ing")), (word[:-1], _endings("ies ied"))]
    if (
        len(word) >= LEAST_STEM
        and word[-1] not in VOWELS | set("wxy")
        and word[-2] in VOWELS
        and word[-3] not in VOWELS
    ):
        return [(word, _endings("- s es")), (word + word[-1], _endings("ed ing"))]  # shit, shitting
    return [(word, _endings("- s es ed ing"))]
