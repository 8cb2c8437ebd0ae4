VERSIONS = [
    (r"package\.json|composer\.json", r'\s{1,4}"version"\s*:\s*"([^"]+)"'),
    (r"Cargo\.toml|pyproject\.toml|setup\.cfg|build\.gradle(?:\.kts)?|gradle\.properties", r"""\s*(?:\w+\.)?version(?:\s*=\s*["']?|\s+["'])([\w.+-]*\d[\w.+-]*)["']?\s*$"""),
    (r"setup\.py|_?_?(?:version|about|init)_?_?\.py", r"""\s*(?:version|__version__|VERSION)\s*=\s*["']([^"']+)["']"""),
    (r"pom\.xml|[^/]+\.(?:cs|fs)proj|Directory\.Build\.props", r"\s{1,4}<[vV]ersion>([^<]+)"),
    (r"pubspec\.yaml", r"version:\s*(\S+)"),
    (r"CMakeLists\.txt", r"(?i)\s*(?:project\s*\([^)]*)?\bVERSION\s+(\d[\d.]*)"),
    (r"VERSION(?:\.txt)?|version\.txt", r"\s*v?(\d[\w.+-]*)\s*$"),
    (r"version\.(?:rb|go)|version\.(?:[jt]s)", r"""\s*(?:export )?(?:const |var )?\w*[vV](?:ersion|ERSION)\w*\s*=\s*["']v?(\d[\w.+-]*)["']"""),
    (r"version\.h(?:pp)?", r"""\s*#\s*define\s+\w*VERSION\w*\s+"v?(\d[\w.+-]*)"""),
    (r"[^/]+\.gemspec", r"""\s*\w+\.version\s*=\s*["']([^"']+)["']"""),
    (r"(?i:change(?:log|s)|history|news)(?:\.(?:md|rst|txt))?", r"(?:#+ *)?\[?(?:[vV]ersion )?v?(\d+\.\d+[\w.+-]*)\]?\b"),
]


def version(path):
    """The version that a file gives the project, with its line; the first one. That of a Maven parent is not its own."""
    inherited = False
    for at, line in enumerate(lines_in(path)[:400], 1):
        inherited = (inherited or "<parent>" in line) and "</parent>" not in line
        for file, pattern in VERSIONS:
            if not inherited and re.fullmatch(file, name_of(path)) and (found := re.match(pattern, line[:500])):
                return found[1], at
    return None


given = {}
for path in nearest(VERSIONS):
    if found := version(path):
        given.setdefault(found[0], []).append((path, found[1]))
if not given:
    raise LookupError("no manifest, header or list of changes gives a version")
rows = []
for number, [(path, line), *others] in list(given.items())[:15]:
    first = ", the first that it names" if re.search(r"(?i)/?(?:change|history|news)[^/]*$", path) else ""
    rows.append(f"- **{number}**: `{path}`{first} {cite(path, line, line)}" + (f" and {len(others):,} other file{'s'[:len(others) > 1]}" if others else ""))
if len(given) > 15:
    rows.append(f"- {len(given) - 15:,} other versions")
answer["content"] = "\n".join(["What the project says of its version:", "", *rows, "", READ_BY_CODE])
answer["ready"] = True
