import re


def defined_as(name):
    """Where a name is defined; one that is too short to be searched for is defined nowhere."""
    try:
        return [hit for hit in search(f"`{name}`", k=12) if hit.why.startswith(f"defines {name};")]
    except RuntimeError:
        return []


hits = search(question, k=20)
print(hits.summary)
for hit in hits[:12]:
    print(f"{hit.path}:{hit.start}-{hit.end}  {hit.why}")

# After the first five: copies of them, then where the names that the question writes as code are defined.
written = re.findall(r"`(\w+)`|\b(\w+)\(|\b(\w*(?:[a-z][A-Z]|\w_[A-Za-z])\w*)", question)
names = list(dict.fromkeys(name for groups in written for name in groups if name))[:4]
copies = {path: hit for hit in hits[:5] for path in hit.same[:2] if hit.start <= len(files[path].splitlines())}
defined = [hit for name in names for hit in defined_as(name)]
places = {hit.path: [(hit.start, hit.end), *hit.also[:2]] for hit in hits[:5]}
places |= {path: [(hit.start, hit.end)] for path, hit in list(copies.items())[:2]}
for hit in defined[:5]:
    places.setdefault(hit.path, [(hit.start, hit.end)])
for rank, hit in enumerate(hits[5:12], 5):
    places.setdefault(hit.path, [(hit.start, hit.end), *hit.also[: 2 if rank < 6 else 1]])
