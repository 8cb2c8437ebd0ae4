found = callers(NAME, max_hits=10_000)
what, evidence, total = f"call of `{NAME}`", found.summary, found.total
places = [(one.path, one.line, one.line, f"in `{one.inside}`" if one.inside else "at the top level") for one in found]
print(found)
