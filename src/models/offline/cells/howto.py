MEANT = {
    "install": r"install|set ?up|requirement|getting started|quick ?start",
    "build": r"build|compil|packag|from source",
    "run": r"\brun(?!.*test)|start|serve|\bdev\b|launch|usage|using|getting started|quick ?start",
    "test": r"(?<![a-z])(?:(?:py|c|unit|doc)?tests?|testing)(?![a-z])|^check$",
    "release": r"releas|publish|deploy",
    "format": r"lint|format|style",
    "contribute": r"contribut|develop|pull request|getting started",
    "debug": r"debug",
}
wanted = re.compile(rf"(?i){MEANT[VERB]}")
papers = [path for path in files if re.search(r"\.(?:md|rst)$", path) and re.search(rf"(?i)(?:{wanted.pattern[4:]}|contributing|hacking)[^/]*$", path)]
papers = sorted((path for path in papers if not re.search(r"(?i)(?:^|/)(?:tests?|fixtures?|vendor|changelogs?)/", path)), key=depth)[:6]
TOOLS = "python3?|pytest|coverage|cargo|npm|npx|yarn|pnpm|go|cmake|ctest|tox|nox|bash|sh|uv|poetry|pip3?|mvn|gradle|dotnet|bundle|rake|docker|brew|apt-get|sudo|git"
COMMAND = rf"(?:\$ ?)?(?:(?:{TOOLS}|\./\w+)(?: [^`]{{1,110}})?|make(?: [\w=./-]+){{0,2}})"
jobs = [path for path in files if re.search(r"(?:^|/)\.github/workflows/[^/]+\.ya?ml$|(?:^|/)(?:tox\.ini|noxfile\.py|\.gitlab-ci\.yml)$", path)]


def shown(path, start, end):
    """The commands in some lines of a document: what looks like one in a block of code, or behind a prompt."""
    found, fenced = [], False
    for line in lines_in(path)[start:end]:
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if (fenced or re.match(r"  |\t|\$", line)) and re.fullmatch(rf"\s*{COMMAND}\s*", line[:200]):
            found.append(f"`{line.strip()}`")
    return f" — {', '.join(found[:4])}" if found else ""


def run_lines(path):
    """The commands of a workflow that do what is wanted: each line's number and text."""
    for number, line in enumerate(lines_in(path), 1):
        found = re.fullmatch(rf"\s*(?:- )?(?:(?:run|commands?|script)\s*[:=]\s*)?({COMMAND})\s*", line[:200])
        if found and wanted.search(found[1]) and (VERB == "install" or " install " not in found[1]):
            yield found[1].strip(), (path, number)


rows = []
for path in runners:
    for name, start, end in [one for one in commands(path) if wanted.search(one[0])][:6]:
        code = lines_in(path)[start - 1].strip().rstrip(",")
        rows.append(f"- `{path}`: " + (f"`{code}` " if "`" not in code and len(code) < 160 else f"`{name}` ") + cite(path, start, min(end, start + 12)))
for path in dict.fromkeys([*readmes, *guides, *papers]):
    rows += [f"- `{path}`: {title}{shown(path, start, end)} {cite(path, start, end)}" for title, start, end in sections(path, wanted)[:4]]
by_line = {}
for path in jobs[:50]:
    for line, place in run_lines(path):
        by_line.setdefault(line, place)
rows += [f"- `{path}`: `{line}` {cite(path, number, number)}" for line, (path, number) in list(by_line.items())[:6]]
if not rows:
    raise LookupError(f"no document, script or workflow of the project says how to {VERB} it")
note = "Found by reading the project's documents, scripts and workflows, without a language model; choose one for an explanation in its own words."
answer["content"] = "\n".join([f"What the project itself says of how to {VERB}{' to' if VERB == 'contribute' else ''} it:", "", *rows[:16], "", note])
answer["ready"] = True
