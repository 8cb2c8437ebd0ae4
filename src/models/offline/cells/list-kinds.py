inside = [path for path in files if path == PATH or path.startswith(PATH.rstrip("/") + "/")] if PATH else list(files)
if PATH and not inside:
    inside = [path for path in files if path.endswith("/" + PATH) or f"/{PATH.strip('/')}/" in f"/{path}"]
if PATH and not inside:
    raise LookupError(f"there is no file or folder {PATH}")
places, as_text = [], 0
for path in inside:
    items = outline(path)
    as_text += bool(items.notes)
    places += [(path, one.start, min(one.end, one.start + 20), f"`{one.name}`") for one in items if one.kind == KIND]
what, total = KIND, len(places)
evidence = f"{len(inside):,} of {len(files):,} files outlined" + (f" in {PATH}" if PATH else "") + (f"; {as_text} with a note, such as a language without a parser" if as_text else "")
print(evidence)
