import re

MARKUP = [
    (r"!\[[^\]]*\]\([^)]*\)", " "),
    (r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1"),
    (r"[\[\]`]|\*\*|__(?=\w)|(?<=\w)__|\|\w+\|_?", ""),
    (r"\{#[^}]*\}|\s+", " "),
]
NO_PROSE = re.compile(r"\s*(?:#|=|-|~|\||\.\. |:|\[[^\]]*\]:|[*+>] |\d+\. )")
SIDE = re.compile(r"(?i)(?:^|/)(?:tests?|testing|__tests__|specs?|examples?|samples?|demos?|docs?|cmake|fixtures?|vendor|third_?party|dist|\.[^/]+|benchmarks?)/|(?:^|/)test[^/]*$")
PROGRAM = re.compile(r"(?:^|/)(?:main\.(?!s?css$|less$|html?$|md$|rst$|txt$|json$|ya?ml$|toml$|xml$|svg$)\w+|__main__\.py|manage\.py|(?:index|server|app|cli|extension)\.(?:[cm]?[jt]sx?|py|rb|php)|Program\.cs|lib\.rs)$")
DESCRIBED = re.compile(r"""\s*(?:"description"\s*:|description\s*[=:]|<description>|\w+\.(?:summary|description)\s*=)\s*["']*([^"<]{15,300})""")
MANIFEST = re.compile(r"(?:^|/)(?:package\.json|pyproject\.toml|setup\.(?:cfg|py)|Cargo\.toml|pom\.xml|composer\.json|pubspec\.yaml|[^/]+\.gemspec)$")


def depth(path):
    return path.count("/")


def lines_in(path):
    """For reading a file's beginning: not of one that is too long for that."""
    lines = re.split(r"\r\n|\r|\n", files[path]) if files.size(path) < 1_000_000 else []
    return lines if lines and lines[-1] else lines[:-1]


def plain(line):
    line = line[:500]
    for pattern, put in MARKUP:
        line = re.sub(pattern, put, line)
    return line.strip()


def prose(path):
    """What a text says first: the first line, the last and the words, of two paragraphs when one is short; None when there is none."""
    found = paragraph(path)
    more = paragraph(path, found[1]) if found and len(found[2]) < 120 else None
    return (found[0], more[1], f"{found[2]} · {more[2]}") if more and more[1] - found[0] < 40 else found


def paragraph(path, after=0):
    without_tags = re.sub(r"<!--[\s\S]*?-->|</?[A-Za-z][^<>]*>", lambda tag: re.sub(r".", " ", tag[0]), "\n".join(lines_in(path)[:200])[:20_000])
    start, said, fenced, lines = 0, "", False, ["" if at < after else line for at, line in enumerate(without_tags.split("\n"))]
    for number, line in enumerate([*lines, ""], 1):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        text = "" if fenced or NO_PROSE.match(line) else plain(line)
        if text and len(said) < 600:
            start, said = start or number, f"{said} {text}".strip()
            continue
        underlined = re.fullmatch(r"([=~^#*-])\1{2,}\s*", line)
        if len(said) >= 24 and said.count(" ") > 2 and not underlined:
            return start, number - 1, said if len(said) <= 500 else f"{said[:500].rsplit(' ', 1)[0]} …"
        start, said = 0, ""
    return None


def described(path):
    """What a manifest says that it is of."""
    for number, line in enumerate(lines_in(path)[:1000], 1):
        # In Python: an argument that is written out. An attribute of something else has blanks around the sign.
        if (found := DESCRIBED.match(line[:500])) and (not path.endswith(".py") or re.match(r"\s*description=[\"']", line)):
            return number, number, plain(found[1].rstrip(" ',"))
    return None


def top(paths):
    """The ones nearest to the top; with several folders open, of each."""
    paths = sorted(paths, key=lambda path: (depth(path), path))
    return [path for path in paths if depth(path) == depth(paths[0])][:4]


readmes = top(path for path in files if re.search(r"(?i)(?:^|/)readme(?:\.(?:md|markdown|rst|txt|adoc))?$", path))
manifests = [path for path in top(path for path in files if MANIFEST.search(path)) if not readmes or depth(path) <= depth(readmes[0])]
says = [(path, *found) for path in manifests if (found := described(path))]
says += [(path, *found) for path in readmes if (found := prose(path))]
programs = {path: 0 for path in files if PROGRAM.search(path) and not SIDE.search(path) and files.size(path) > 0}
programs |= {hit.path: hit.line for hit in grep(r"\bstatic void main\s*\(|^(?:int|fun) main\s*\(", max_hits=200) if not SIDE.search(hit.path)}
print(f"{len(files):,} files; {len(readmes)} READMEs and {len(manifests)} manifests at the top, {len(programs)} files that programs begin in")
for path, start, end, text in says:
    print(f"{path}:{start}-{end}  {text}")
