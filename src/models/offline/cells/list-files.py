kinds = {
    "python": ["py", "pyi"], "typescript": ["ts", "tsx", "mts", "cts"], "javascript": ["js", "jsx", "mjs", "cjs"], "go": ["go"],
    "rust": ["rs"], "java": ["java"], "kotlin": ["kt", "kts"], "c": ["c", "h"], "c++": ["cpp", "cc", "cxx", "hpp", "hh", "h"],
    "cpp": ["cpp", "cc", "cxx", "hpp", "hh", "h"], "c#": ["cs"], "csharp": ["cs"], "ruby": ["rb"], "php": ["php"],
    "markdown": ["md", "markdown"], "yaml": ["yaml", "yml"], "shell": ["sh", "bash"], "json": ["json"], "toml": ["toml"],
    "html": ["html", "htm"], "css": ["css"], "sql": ["sql"], "xml": ["xml"],
}
endings = tuple("." + ending for ending in kinds.get(KIND, [KIND.lstrip(".")])) if KIND else ("",)
chosen = [path for path in files if path.lower().endswith(endings)]
if KIND and KIND not in kinds and not chosen:
    # Test files, main files: what makes them so is not their ending, and that there are none would be untrue.
    raise LookupError(f"what a {KIND} file is cannot be told by its ending")
places = [(path, 1, 1, "") for path in chosen if files.size(path) > 0]
what, total = (f"{KIND} file" if KIND else "file"), len(chosen)
evidence = f"counted over all {len(files):,} loaded files"
print(total, evidence)
