PAPER = re.compile(r"(?i)(?:^|/)(?:\w+[_-])?(?:(?:un)?licen[cs]es?|copying|copyright|notice)(?:[.-](?:[\w-]+\.)?(?:md|txt|rst|adoc)|[.-](?:mit|apache|bsd|gpl|lgpl|agpl|mpl|isc|zlib|boost)[\w.-]*)?$")
TEXTS = {
    r"GNU AFFERO GENERAL PUBLIC LICENSE\s+Version (\d+(?:\.\d+)*)": "the GNU Affero General Public License {}",
    r"GNU LESSER GENERAL PUBLIC LICENSE\s+Version (\d+(?:\.\d+)*)": "the GNU Lesser General Public License {}",
    r"GNU GENERAL PUBLIC LICENSE\s+Version (\d+(?:\.\d+)*)": "the GNU General Public License {}",
    r"Apache License,?\s+Version (\d+(?:\.\d+)*)": "the Apache License {}",
    r"Mozilla Public License,?\s+Version (\d+(?:\.\d+)*)": "the Mozilla Public License {}",
    r"Eclipse Public License(?: -)? v?(?:ersion )?(\d+(?:\.\d+)*)": "the Eclipse Public License {}",
    r"Boost Software License - Version (\d+(?:\.\d+)*)": "the Boost Software License {}",
    r"Business Source License (\d+(?:\.\d+)*)": "the Business Source License {}",
    r"CC0 (\d+(?:\.\d+)*)": "CC0 {}",
    r"Creative Commons (\w[\w -]+? \d+(?:\.\d+)*)": "Creative Commons {}",
    r"This is free and unencumbered software": "the Unlicense",
    r"Permission is hereby granted, free of charge": "the MIT License, by its words",
    r"Permission to use, copy, modify, and(?:/or)? distribute": "the ISC License, by its words",
    r"Redistribution and use in source and binary forms": "a BSD License, by its words",
}
DECLARED = re.compile(r"""\s*["']?licen[cs]e["']?\s*[:=]\s*(?:\{\s*\w+\s*=\s*)?["']?([^"'{}<>,]{2,80})|\s*["']License :: ([^"']+)["']""")
SIGN = r"(?:\(c\)|©|&copy;)"
#: The word or the sign, and what stands after it in words, a comment or an assignment.
NOTICE = re.compile(rf"(?i)(?:(?<![a-z])(?:copyright(?:text)?s?)\s*({SIGN})?|({SIGN})(?= ?\d{{4}}))[\s:=]*u?[\"']?([^\n]{{3,120}})")
YEARS = re.compile(r"(?:(?:19|20)\d\d(?:\s*[-–,]+\s*(?:\d{2,4}|[Pp]resent|now|onwards?)\b|\s*\+)*(?:\s+onwards?\b)?[\s,.:]*)+")
BODY = re.compile(r"\b(?:Inc|LLC|Ltd|GmbH|AG|Corp|Corporation|Foundation|Authors|Contributors|Developers|Team|Project|University)\b")


def named(path):
    """Whose words a licence's text has: the name, the first line of these and the last; its own first line where nobody's are known."""
    text = "\n".join(lines_in(path)[:120])[:20_000]
    for pattern, name in TEXTS.items():
        if found := re.search(pattern.replace(" ", r"\s+"), text):
            first = text.count("\n", 0, found.start()) + 1
            return name.format(*found.groups()), first, first + found[0].count("\n")
    first = next((at for at, line in enumerate(lines_in(path), 1) if plain(line)), 0)
    return (f"“{plain(lines_in(path)[first - 1])[:100]}”", first, first) if first else None


def owner(line):
    """Who a notice names and the years it gives; none where a sentence only speaks of copyright, or a name is still to be filled in."""
    found = NOTICE.search(line)
    said = re.split(r"(?i)[,.;]?\s*all rights reserved|\s*\*/|\s*-->|\\n|\.\s+[A-Z][a-z]+ed\b", plain(found[3]))[0] if found else ""
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", said)]
    who = re.sub(r"(?i)^by\s+|^[\W_]+|[\s*#/;,.:\"'|(<]+$", "", YEARS.sub("", re.sub(rf"(?i){SIGN}", "", said)))
    is_name = re.match(r"(?!(?:[Nn]otices?|[Hh]olders?|[Oo]wners?|[Ll]icen[cs]e|[Ll]aw)\b)[A-Z]|[a-z]+[A-Z]", who) or (years and re.match(r"\w{2}|the ", who))
    is_notice = is_name and (years or found[1] or found[2] or BODY.search(who)) and not re.search(r"[\[{<$]|(?i:20xx|yyyy)", said)
    return (who, years) if is_notice else None


papers = sorted((path for path in files if PAPER.search(path)), key=lambda path: (depth(path), path))
licences = [path for path in papers if not re.search(r"(?i)notice[^/]*$", path)]
rows = [f"- `{path}`: {found[0]} {cite(path, *found[1:])}" for path in licences[:6] if (found := named(path))]
for path in manifests:
    for at, line in enumerate(lines_in(path)[:2000], 1):
        if found := DECLARED.match(line[:500]):
            rows.append(f"- `{path}` declares `{(found[1] or found[2]).strip()}` {cite(path, at, at)}")
rows += [heading(path, *section) for path in readmes for section in sections(path, re.compile(r"(?i)licen[cs]|copyright"))[:2]]
notices = {}
for hit in grep(r"(?i)copyright|©|\(c\) ?\d{4}", max_hits=50_000):
    if said := owner(hit.text):
        places, years = notices.setdefault(said[0], ({}, set()))
        places.setdefault(hit.path, hit.line)
        years.update(said[1])
if not rows and not notices:
    raise LookupError("no licence and no copyright notice is in the files that were loaded")
own = {path for path in papers if depth(path) == 0}
by_weight = sorted(notices.items(), key=lambda one: (own.isdisjoint(one[1][0]), -len(one[1][0])))
told = []
for who, (places, years) in by_weight[:10]:
    path = min(places, key=lambda path: (path not in papers, bool(SIDE.search(path)), depth(path), path))
    span = ", " + "–".join(map(str, sorted({min(years), max(years)}))) if years else ""
    told.append(f"- {who}{span}: " + ("" if len(places) == 1 else f"{len(places):,} files, the first is ") + f"`{path}` {cite(path, places[path], places[path])}")
if len(by_weight) > 10:
    told.append(f"- {len(by_weight) - 10:,} others")
note = "Read from the licences, manifests and notices by code, without a language model. It is no legal advice."
answer["content"] = "\n".join([
    *(["What the project says of its licence:", "", *rows[:12], ""] if rows else ["No licence is named by a file of its own, a manifest or a README.", ""]),
    *(["Whose copyright the files name:", "", *told, ""] if told else []),
    note,
])
answer["ready"] = True
