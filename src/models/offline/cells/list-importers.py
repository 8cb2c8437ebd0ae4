import re

wanted = NAME.replace("::", ".").split(".")[-1]
holders = {hit.path for hit in grep(rf"\b{re.escape(wanted)}\b", max_hits=1_000_000)}
places = []
for path in sorted(holders):
    for one in imports(path):
        parts = re.split(r"[./:\\]+", one.module)
        target = (one.target or "").rsplit("/", 1)[-1].split(".")[0]
        if wanted in (*parts, *one.names, target) or NAME == one.module:
            places.append((path, one.line, one.line, f"from `{one.module}`"))
what, total = f"import of `{NAME}`", len(places)
in_files = len({path for path, *_ in places})
evidence = f"{total} import{'s' if total != 1 else ''} in {in_files} file{'s' if in_files != 1 else ''}; {len(files):,} files searched, {len(holders):,} hold the name"
print(evidence)
