LISTED = r"""(?:^|[\[,(])\s*["']([A-Za-z][\w.-]*)"""
NEVER = r"(?!)"
#: Manifests: where a part begins, where it ends, and the names in it.
BLOCKS = [
    (r"package\.json|composer\.json", r'\s*"(?:(?:dev|peer|optional)?[dD]ependencies|require(?:-dev)?)"\s*:\s*\{\s*$', r"\s*\}", r'^\s+"([^"]+)"\s*:\s*"'),
    (r"Cargo\.toml|Pipfile|pyproject\.toml", r"\[(?!project\.optional)(?:.*[.\-])?(?:dependencies|(?:dev-)?packages)\]", r"\[", r"^([A-Za-z][\w.-]*)\s*="),
    (r"pyproject\.toml", r"\[(?:project\.optional-dependencies|dependency-groups)\]", r"\[[a-z]", LISTED),
    (r"pyproject\.toml|setup\.py", r"\s*(?:dependencies|install_requires)\s*=", r"\s*[\])]|\s*\w+\s*=(?!=)|\s*$|\[[a-z]", LISTED),
    (r"setup\.cfg", r"install_requires\s*=", r"\S|\s*$", r"^\s+([A-Za-z][\w.-]*)"),
    (r"(?:\w+-)?requirements(?:[-_.]\w+)?\.(?:txt|in)", r"(?=\s*[A-Za-z])", NEVER, r"^\s*([A-Za-z][\w.-]*)"),
    (r"go\.mod", r"require \(", r"\)", r"^\s+(\S+) v(?!.*// indirect)"),
    (r"pom\.xml", r"\s*<dependencies>", r"\s*</dependencies>", r"<artifactId>([^<]+)"),
    (r"build\.gradle(?:\.kts)?", r"dependencies\s*\{", r"\}", r"""^\s*(?:\w*[iI]mplementation|api|\w*[cC]ompile\w*|\w*[rR]untime\w*|kapt|annotationProcessor)\b[\s(]*(?:(?:project|platform|enforcedPlatform|files|kotlin)\s*\(\s*)?["']?([\w.:/$-]+)"""),
    (r"Gemfile|[^/]+\.gemspec", r"(?=\s*(?:gem|\w+\.add_\w*dependency)\b)", NEVER, r"""^\s*(?:gem|\w+\.add_\w*dependency)[\s(]+["']([^"']+)"""),
    (r"[^/]+\.(?:cs|fs|vb)proj|Directory\.Packages\.props", r"(?=\s*<Package(?:Reference|Version)\b)", NEVER, r'<Package(?:Reference|Version)\s+Include="([^"]+)'),
    (r"pubspec\.yaml", r"(?:dev_)?dependencies:", r"\S", r"^  (\w+):"),
    (r"vcpkg\.json", r'\s*"dependencies"\s*:\s*\[\s*$', r"\s*\]", r'(?:^|"name"\s*:)\s*"([\w-]+)"(?!\s*:)'),
    (r"conanfile\.txt", r"\[(?:build_|tool_)?requires\]", r"\[", r"^([\w.-]+)/"),
    (r"CMakeLists\.txt", r"(?i)(?=\s*find_package\s*\()", NEVER, r"(?i)^\s*find_package\s*\(\s*(\w+)"),
]


def parts(path):
    """The parts of a manifest that say what it depends on, as they stand in it: what one is called, the names, its first line and its last."""
    lines, found = lines_in(path)[:20_000], []
    for _, begins, ends, name in [block for block in BLOCKS if re.fullmatch(block[0], name_of(path))]:
        start = 0
        for at, line in enumerate([*lines, None], 1):
            if start and (line is None or (at > start and re.match(ends, line))):
                found += [(start, last, called, names)] if names else []
                start = 0
            if line is not None and not start and (head := re.match(begins, line[:500])):
                start, last, names = at, at, []
                called = re.sub(r"^[\W_]+|[\W_]+$", "", head[0])
            if start and line and (more := re.findall(name, line[:2000])):
                names += more
                last = at
    return sorted(found, key=lambda part: part[:2])


rows = []
for path in nearest(BLOCKS):
    for start, end, called, names in parts(path):
        names = list(dict.fromkeys(names))
        shown = ", ".join(f"`{name}`" for name in names[:25]) + (f" and {len(names) - 25:,} more" if len(names) > 25 else "")
        rows.append(f"- `{path}`{called and f', `{called}`'}, {len(names):,}: {shown} {cite(path, start, end)}")
if not rows:
    raise LookupError("no manifest declares dependencies")
if len(rows) > 15:
    rows = [*rows[:15], f"- {len(rows) - 15:,} other parts of manifests"]
answer["content"] = "\n".join(["What the project's manifests say that it depends on:", "", *rows, "", READ_BY_CODE])
answer["ready"] = True
