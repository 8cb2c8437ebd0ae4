found = references(NAME, max_hits=10_000)
what, evidence, total = f"reference to `{NAME}`", found.summary, found.total
places = [(one.path, one.line, one.line, f"{one.kind}, in `{one.inside}`" if one.inside else one.kind) for one in found]
print(found)
