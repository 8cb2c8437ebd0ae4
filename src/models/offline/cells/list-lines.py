import re

pattern = rf"\b{NAME}\b" if NAME in ("TODO", "FIXME", "XXX", "HACK") else re.escape(NAME)
found = grep(pattern, max_hits=20_000)
what, evidence, total = f"line with “{NAME}”", found.summary, found.total
places = [(hit.path, hit.line, hit.line, "") for hit in found]
print(found.summary)
