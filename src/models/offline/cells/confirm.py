if not answer["content"]:
    # The cell that tells did not get to its end: what was read is told as it is.
    read_so_far = globals().get("notes") or []
    places = [f"- {note['says']} {cite(path, note['start'], note['end'])}" for path, note in read_so_far[:10]]
    if places:
        answer["content"] = "\n".join(["Found by searching the code, without a language model:", "", *places])
    else:
        answer["content"] = f"No language model was used, and the search of {len(files):,} files came to nothing that can be shown."
answer["ready"] = True
