found = symbols(NAME, max_hits=2_000)
what, evidence, total = f"definition of `{NAME}`", found.summary, found.total
places = [(one.path, one.start, min(one.end, one.start + 40), f"{one.kind}: {one.signature.rstrip('{: ')}".replace("`", "'")) for one in found]
print(found)
