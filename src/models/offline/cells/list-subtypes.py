import re

word = re.compile(rf"(?<![\w$]){re.escape(NAME.split('.')[-1])}(?![\w$])")
holders = sorted({hit.path for hit in grep(word.pattern, max_hits=1_000_000)})
places, unparsed = [], 0
for path in holders:
    items = outline(path)
    unparsed += any("text" in note for note in items.notes)
    for one in items:
        if one.kind not in ("class", "interface", "struct", "trait", "enum", "impl", "type", "object", "record"):
            continue
        head = one.signature
        if not head.rstrip().endswith(("{", ":", ")")):
            head = " ".join(text[text.find("  ") + 2 :] for text in read(path, one.start, min(one.end, one.start + 6)).split("\n"))
            head = re.split(r"[{]|:\s*$", head)[0]
        bases = head.split(one.name, 1)[-1] if one.name != NAME else ""
        if word.search(bases):
            places.append((path, one.start, min(one.end, one.start + 5), f"`{one.name}`"))
    for hit in grep(rf"^\s*(?:unsafe )?impl\b[^{{]*{word.pattern}[^{{]*\bfor\b", path):
        places.append((path, hit.line, hit.line, "`" + hit.text.strip().rstrip("{ ").replace("`", "'") + "`"))
places = list({(path, start): (path, start, last, text) for path, start, last, text in places}.values())
what, total = f"type that extends or implements `{NAME}`", len(places)
evidence = f"{len(files):,} files searched, {len(holders):,} hold the name and were outlined"
print(evidence)
for place in places[:40]:
    print(place)
