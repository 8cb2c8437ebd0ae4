import re

wanted = NAME.split(".")


def is_of(module, names, target):
    """Whether an import has the wanted names, one after the other; of the file that it leads to, only the last ones count."""
    written = [[name for name in re.split(r"[./:\\{}\s]+", part) if name] for part in module.split(",")]
    before = [name for name in re.split(r"[./:\\]+", module.split("{")[0]) if name]
    paths = [*written, *([*before, name] for name in names), target.split(".")[0].split("/")[-len(wanted) :]]
    return any(path[at : at + len(wanted)] == wanted for path in paths for at in range(len(path)))


holders = {hit.path for hit in grep(rf"(?<![\w$]){re.escape(wanted[-1])}(?![\w$])", max_hits=1_000_000)}
places = []
for path in sorted(holders):
    for one in imports(path):
        if is_of(one.module, one.names, one.target or ""):
            places.append((path, one.line, one.line, f"from `{one.module}`"))
what, total = f"import of `{NAME}`", len(places)
in_files = len({path for path, *_ in places})
evidence = f"{total} import{'s' if total != 1 else ''} in {in_files} file{'s' if in_files != 1 else ''}; {len(files):,} files searched, {len(holders):,} hold the name"
print(evidence)
