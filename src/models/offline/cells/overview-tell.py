LANGUAGES = {
    "py": "Python", "ts": "TypeScript", "tsx": "TypeScript", "js": "JavaScript", "jsx": "JavaScript", "mjs": "JavaScript", "go": "Go", "rs": "Rust",
    "java": "Java", "kt": "Kotlin", "c": "C", "h": "C", "cpp": "C++", "cc": "C++", "hpp": "C++", "cs": "C#", "rb": "Ruby", "php": "PHP",
    "md": "Markdown", "rst": "reStructuredText", "json": "JSON", "yml": "YAML", "yaml": "YAML", "html": "HTML", "css": "CSS", "sh": "shell",
}
NOT_CODE = {"Markdown", "reStructuredText", "JSON", "YAML", "HTML", "CSS"}
HEADS = ["__init__.py", "mod.rs", "lib.rs", "src/lib.rs", "doc.go", "index.ts", "index.js", "package-info.java"]
HEAD = re.compile(r"(?:\s|#![^\n]*\n)*(?:[rR]?\"\"\"|/\*\*?|//!|///?)\s*([^\n*\"]{15,200})")
STARTS = ["main", "Main", "activate", "run", "cli", "app"]


def folder_says(folder):
    """A folder's own word on itself, with its citation."""
    for name in ["README.md", "README.rst"]:
        if folder + name in files and (found := prose(folder + name)):
            return f": {found[2][:200]} {cite(folder + name, found[0], found[1])}"
    for name in HEADS:
        if folder + name in files and (found := HEAD.match(files[folder + name][:3000])) and not re.search(r"(?i)copyright|licen[sc]e|spdx", found[1]):
            line = 1 + len(re.findall(r"\r\n|\r|\n", files[folder + name][: found.start(1)]))
            return f": {plain(found[1])} {cite(folder + name, line, line)}"
    return ""


def inside(prefix):
    """Subfolder → the sizes of its files by language."""
    found = {}
    for path in files:
        if path.startswith(prefix) and "/" in path[len(prefix) :]:
            sizes = found.setdefault(prefix + path[len(prefix) :].split("/")[0] + "/", {})
            language = LANGUAGES.get(path.rsplit(".", 1)[-1].lower(), "")
            count, size = sizes.get(language, (0, 0))
            sizes[language] = count + 1, size + files.size(path)
    return dict(sorted(found.items(), key=lambda one: (not SIDE.search(one[0]), *weight(one[1])), reverse=True))


def weight(sizes):
    """Code first, by its bytes."""
    return sum(size for language, (_, size) in sizes.items() if is_code(language)), sum(size for _, size in sizes.values())


def is_code(language):
    return language != "" and language not in NOT_CODE


def layout(prefix="", most=10):
    """The largest folders; of one that holds most of the code, what is in it."""
    folders = inside(prefix)
    total = sum(weight(sizes)[0] for sizes in folders.values())
    told = []
    for folder, sizes in list(folders.items())[:most]:
        count = sum(one[0] for one in sizes.values())
        mostly = max(sizes, key=lambda language: (is_code(language), language != "", sizes[language][1]))
        told.append(f"{'  ' * depth(prefix)}- `{folder}`, {count:,} file{'s' if count != 1 else ''}{mostly and f', mostly {mostly}'}{folder_says(folder)}")
        if weight(sizes)[0] > total / 2 and prefix.count("/") < 2 and len(inside(folder)) > 1:
            told += layout(folder, 8)
    return told + ([f"{'  ' * depth(prefix)}- and {len(folders) - most} smaller folders"] if len(folders) > most else [])


def begins(path):
    """Where the program begins in a file: its `main`, or else its first lines."""
    try:
        items = outline(path)
    except RuntimeError:
        items = []
    if mains := [one for name in STARTS for one in items if one.name == name and one.end > one.start]:
        return f"- `{path}` — `{mains[0].name}` {cite(path, mains[0].start, min(mains[0].end, mains[0].start + 20))}"
    start = programs[path] or 1
    return f"- `{path}` {cite(path, start, min(max(len(lines_in(path)), start), start + 9))}"


parts = {
    "Where it begins": [begins(path) for path in sorted(programs, key=lambda path: (depth(path), path))[:8]],
    "How it is laid out": layout(),
    "How to build, run and test it": [summary(path) for path in runners if commands(path)]
    + [heading(path, *one) for path in [*readmes, *guides] for one in sections(path, WANTED)[:5]],
}
lines = [f"{text} {cite(path, start, end)}\n" for path, start, end, text in says[:4]]
lines += [] if lines else [f"Nothing in these {len(files):,} files says in its own words what the project is: there is no README with a text, and no manifest with a description.\n"]
for title, rows in parts.items():
    lines += [f"**{title}**", "", *rows, ""] if rows else []
answer["content"] = "\n".join([*lines, "Found by reading the project's own words and names, without a language model; choose one for an explanation in its own words."])
answer["ready"] = True
