found = []
for hit, note in zip(globals().get("chosen", []), globals().get("notes", [])):
    if isinstance(note, dict) and note["relevance"] > 0:
        start, end = max(hit.start, note["start"]), min(hit.end, note["end"])
        if start <= end:
            found.append((hit.score * (1 + note["relevance"] / 10), hit.path, start, end, note["why"]))
if not found:
    found = [(hit.score, hit.path, hit.start, hit.end, "matches the question's words.") for hit in globals().get("hits", [])[:5]]
found.sort(key=lambda item: -item[0])
lines = ["No language model was used: these places were found by searching the code and reading the best matches mechanically.", ""]
if found:
    lines.append("What bears on the question, most relevant first:")
    lines.append("")
    shown = []
    for score, path, start, end, why in found:
        overlaps = any(p == path and a <= end and start <= b for p, a, b in shown)
        if not overlaps and len(shown) < 8:
            shown.append((path, start, end))
            lines.append(f"- `{path}`: {why} {cite(path, start, end)}")
    lines.append("")
    lines.append(f"Searched {len(files):,} files; read {len(globals().get('chosen', []))} passages in {len({hit.path for hit in globals().get('chosen', [])})} files.")
    lines.append("Choose a language model for an explanation in sentences.")
else:
    lines.append(f"Nothing in the {len(files):,} files searched matches the words of the question. Try other words, or the name of something in the code.")
answer["content"] = "\n".join(lines)
answer["ready"] = True
