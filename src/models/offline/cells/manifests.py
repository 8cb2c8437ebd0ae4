#: Projects that a project's own tests build.
TRIED = re.compile(r"(?:^|/)(?:[\w-]+-tests?|resources)/")
READ_BY_CODE = "Read from the manifests by code, without a language model; what they inherit, compute or lock is not in it."


def name_of(path):
    return path.rsplit("/", 1)[-1]


def nearest(table):
    """The files that the first patterns of a table's rows name, those at the top first; of tests and examples none."""
    known = re.compile("|".join(f"(?:{one[0]})" for one in table))
    found = [path for path in files if known.fullmatch(name_of(path)) and not SIDE.search(path) and not TRIED.search(path)]
    return sorted(found, key=lambda path: (depth(path), path))[:200]


