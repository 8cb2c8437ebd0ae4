WANTED = re.compile(r"(?i)\b(?:install\w*|getting started|quick ?start|usage|build\w*|run\w*|develop\w*|test\w*|contribut\w*)\b")


def commands(path):
    """What a manifest can run: each one's name with its first line and its last."""
    lines = lines_in(path)
    if path.endswith("package.json"):
        start = next((at for at, line in enumerate(lines, 1) if re.match(r'\s*"scripts"\s*:', line)), len(lines) + 1)
        end = next((at for at, line in enumerate(lines, 1) if at >= start and "}" in line), start)
        return [(name, at, at) for at, line in enumerate(lines[start - 1 : end], start) for name in re.findall(r'"([\w:.-]+)"\s*:\s*"', line)]
    found = [(at, name[1]) for at, line in enumerate(lines, 1) if (name := re.match(r"([A-Za-z][\w-]*)(?: [\w \"'=-]*)?:(?!=)", line))]
    recipe = lambda at: next((end for end, line in enumerate(lines[at:], at) if not line.startswith(("\t", " "))), len(lines))
    return [(name, at, recipe(at)) for at, name in found]


def summary(path):
    found = commands(path)
    names = ", ".join(f"`{name}`" for name, _, _ in found[:12]) + (f" and {len(found) - 12} more" if len(found) > 12 else "")
    return f"- `{path}`: {names} {cite(path, found[0][1], found[-1][2])}"


def sections(path, wanted):
    """The parts of a document whose headings have the wanted words: heading, first line and last."""
    lines = lines_in(path)
    heads = [(at, plain(line.lstrip("#"))) for at, line in enumerate(lines, 1) if re.match(r"#{1,4} ", line)]
    heads += [(at, plain(line)) for at, line in enumerate(lines[:-1], 1) if re.match(r"\w", line) and re.fullmatch(r"([=~^-])\1{2,}\s*", lines[at])]
    ends = [at - 1 for at, _ in sorted(heads)][1:] + [len(lines)]
    return [(title, at, max(at, min(end, at + 30))) for (at, title), end in zip(sorted(heads), ends) if wanted.search(title) and len(title) < 60]


def heading(path, title, start, end):
    return f"- `{path}`: {title} {cite(path, start, end)}"


guides = top(path for path in files if re.search(r"(?i)(?:^|/)(?:contributing|install|hacking|development)(?:\.\w+)?$", path))
at_top = min((depth(path) for path in [*readmes, *manifests]), default=0)
runners = [path for path in files if re.search(r"(?:^|/)(?:package\.json|Makefile|justfile)$", path) and depth(path) <= at_top]
