# search(): ranked passages without an index. Counts the question's stems in every file, then ranks passages of the best files.
import math
import re

from .hits import Hits, Passage
from .outline import definitions
from .text_lines import lines_of, unify

K1, B = 1.2, 0.75
CANDIDATES = 200
MAX_FILE_BYTES = 600_000
MIN_LINES, MAX_LINES = 10, 60

_STOP = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but by can
    could did do does doing down during each explain few find for from further get give had has have having he her here hers him
    his how i if in into is it its just me might more most must my no nor not of off on once only or other our out over own
    please same shall she should show so some such tell than that the their them then there these they this those through to
    too under until up us use used uses using very was we were what when where which while who whom whose why will with within
    work works would you your""".split()
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\d+")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TEST = re.compile(r"(?:^|[/_.-])(?:tests?|specs?|fixtures?|__tests__|benchmarks?|mocks?)(?:[/_.-]|$)", re.I)
_DOC = re.compile(r"\.(?:md|rst|txt|adoc|html?)$|(?:^|/)(?:docs?|changelog|locales?|i18n)(?:[/.]|$)", re.I)
_DATA = re.compile(r"\.(?:lock|svg|map|min\.\w+|snap|csv|tsv|ipynb)$|(?:^|/)(?:package-lock\.json|vendor/|third_party/|dist/)", re.I)


def make(files):
    def search(query, k=10):
        """The best passages for a question in words or identifiers, at most two a file. Hits have .path .start .end .score .text."""
        terms = _terms(query)
        if not terms:
            raise ValueError("the query has no word to search for")
        asked_tests = bool(re.search(r"\b(?:tests?|fixtures?|specs?|benchmarks?)\b", query, re.I))
        asked_docs = bool(re.search(r"\b(?:docs?|readme|changelog|guide|documentation)\b", query, re.I))
        candidates, idf = _candidates(files, terms, asked_tests, asked_docs)
        ranked = _rank(files, candidates, terms, idf)
        best = [passage for group in ranked[:k] for passage in group[1][:2]]
        best.sort(key=lambda passage: -passage.score)
        summary = f"{min(k, len(best))} passages from {len(ranked)} candidate files of {len(files):,} for {', '.join(terms)}"
        return Hits(best[:k], summary)

    return {"search": search}


def _terms(query):
    """stem -> weight. Repeated words count more, whole identifiers twice."""
    counts = {}
    for word in _WORD.findall(query):
        parts = _PART.findall(word)
        for part in parts:
            if part.lower() not in _STOP and len(part) > 1:
                stem = _stem(part.lower())
                counts[stem] = counts.get(stem, 0) + 1
        if len(parts) > 1 and len(word) > 3:
            counts[word.lower()] = counts.get(word.lower(), 0) + 2
    return {stem: (1 + 0.5 * math.log(n)) * (2 if len(_PART.findall(stem)) > 1 or "_" in stem else 1) for stem, n in counts.items()}


def _stem(word):
    for ending, shortest in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 5)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("ss"):
            return word[: -len(ending)]
    return word


def _candidates(files, terms, asked_tests, asked_docs):
    """[(path, rough score, factor)] of the best files, and each stem's weight by how few files have it."""
    needles = {stem: stem.encode() for stem in terms}
    holders = dict.fromkeys(terms, 0)
    found = []
    for path in files:
        if files.size(path) > MAX_FILE_BYTES:
            continue
        text, name = files.raw(path).lower(), path.lower()
        present = {}
        for stem, needle in needles.items():
            if needle in text:
                present[stem] = text.count(needle) if len(text) < 65_536 else 3
                holders[stem] += 1
            if stem in name:
                present[stem] = present.get(stem, 0) + 3
        if present:
            found.append((path, present, len(text)))
    idf = {stem: terms[stem] * math.log(1 + (len(files) + 0.5) / (held + 0.5)) for stem, held in holders.items()}
    average = sum(length for _, _, length in found) / max(1, len(found))

    def rough(path, present, length):
        scale = K1 * (1 - B + B * length / average)
        factor = (0.8 if not asked_tests and _TEST.search(path) else 1) * (0.5 if not asked_docs and _DOC.search(path) else 1)
        factor *= 0.3 if _DATA.search(path) else 1
        return path, factor * sum(idf[stem] * n * (K1 + 1) / (n + scale) for stem, n in present.items()), factor

    best = sorted((rough(*one) for one in found), key=lambda one: -one[1])
    return best[:CANDIDATES], idf


def _rank(files, candidates, terms, idf):
    """[(score, passages best first)], best file first: best passage + half the second + a share of the whole file."""
    expression = _occurrence(terms)
    passages = [(path, rough, factor, list(_passages(path, files[path], expression))) for path, rough, factor in candidates]
    lengths = [words for *_, found in passages for _, _, _, words, _ in found]
    average = sum(lengths) / max(1, len(lengths))
    ranked = []
    for path, rough, factor, found in passages:
        name = path.lower()
        in_path = {stem for stem in terms if stem in name}
        scored = []
        for start, end, counts, words, text in found:
            scale = K1 * (1 - B + B * words / average)
            for stem in in_path:
                counts[stem] = counts.get(stem, 0) + 1
            score = factor * sum(idf[stem] * n * (K1 + 1) / (n + scale) for stem, n in counts.items())
            scored.append(Passage(path, start, end, score, text))
        if scored:
            scored.sort(key=lambda passage: -passage.score)
            second = scored[1].score if len(scored) > 1 else 0
            ranked.append((scored[0].score + 0.5 * second + 0.3 * rough, scored))
    ranked.sort(key=lambda group: -group[0])
    return ranked


def _occurrence(terms):
    """Stems where a sub-word begins: in word, in someWord, in some_word, in WORD."""
    starts = []
    for stem in sorted(terms, key=len, reverse=True):
        first, rest = stem[0], re.escape(stem[1:])
        starts.append(rf"(?:(?<![A-Za-z]){re.escape(first)}|{re.escape(first.upper())})(?i:{rest})" if first.isalpha() else re.escape(stem))
    return re.compile("|".join(starts))


def _passages(path, text, expression):
    """(start, end, counts, words, text) of the pieces that hold a stem; definition lines count twice."""
    text = unify(text)
    lines = lines_of(text)
    starts = {text.count("\n", 0, match.end(0)) for match in definitions(path).finditer(text)} if len(text) < 100_000 else set()
    first = 0
    for number in range(1, len(lines) + 1):
        size = number - first
        if not (number == len(lines) or size >= MAX_LINES or (size >= MIN_LINES and number in starts)):
            continue
        piece = "\n".join(lines[first:number])
        counts = {}
        for match in expression.finditer(piece):
            stem = match[0].lower()
            counts[stem] = counts.get(stem, 0) + 1
        if counts:
            for line in starts.intersection(range(first, number)):
                for match in expression.finditer(lines[line]):
                    counts[match[0].lower()] += 1
            yield first + 1, number, counts, len(piece) / 6, piece
        first = number
