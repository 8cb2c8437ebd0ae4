# Definitions found by one light regular expression for each language family: what outline() shows where no parser reads a file.
import os
import re

from .text_lines import lines_of, unify

_MODIFIERS = r"(?:(?:export|default|public|private|protected|internal|static|abstract|final|async|override|virtual|sealed|open|data|pub(?:\([^)]*\))?|unsafe|const|inline|extern|declare|readonly|suspend|partial)\s+)*"

_PYTHON = re.compile(r"^\s*(?:async\s+def|def|class)\s+(\w+)", re.M)
_RUBY = re.compile(r"^\s*(?:def\s+(?:self\.)?|class\s+|module\s+)([\w:?!]+)", re.M)
_GO = re.compile(r"^(?:func\s+(?:\([^)]*\)\s*)?|type\s+)(\w+)", re.M)
_RUST = re.compile(rf"^\s*{_MODIFIERS}(?:fn|struct|enum|trait|mod|type|macro_rules!|union)\s+(\w+)|^\s*(?:unsafe\s+)?impl\b[^{{]*?(\w+)[^{{\w]*\{{", re.M)
_SCRIPT = re.compile(
    rf"^\s*{_MODIFIERS}(?:function\*?|class|interface|type|enum|namespace)\s+(\w+)"
    rf"|^(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=\s*(?:async\s*)?(?:function|\([^\n]*=>|\w+\s*=>)"
    rf"|^\s+{_MODIFIERS}(?:get\s+|set\s+)?#?(?!if|for|while|switch|catch|return|function\b)(\w+)\s*(?:<[^>\n]*>)?\([^;\n]*\)\s*(?::[^;{{\n]+)?\{{\s*$",
    re.M,
)
_BRACES = re.compile(
    rf"^\s*{_MODIFIERS}(?:class|interface|enum|struct|record|trait|object|namespace|protocol|extension|func|fun|def|union)\s+(\w+)"
    rf"|^[ \t]*(?!return|else|new|throw|typedef|if|for|while|switch)[\w:<>,*&\[\]~ \t?@.]+?[ \t*&]([\w~:]+)\s*\([^;{{}}\n]*\)[^;{{}}\n]*\{{",
    re.M,
)
_HEADINGS = re.compile(r"^#{1,4}\s+(.+)$", re.M)
_SHELL = re.compile(r"^\s*(?:function\s+)?([\w-]+)\s*\(\)\s*\{", re.M)
_ANY = re.compile(r"^\s*(?:(?:def|class|func|fn|function|sub|module|struct|interface|type|impl|proc)\s+)(\w+)", re.M)

_BY_EXTENSION = {
    **dict.fromkeys((".py", ".pyi", ".pyx"), _PYTHON),
    **dict.fromkeys((".rb", ".rake", ".ex", ".exs"), _RUBY),
    **dict.fromkeys((".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte"), _SCRIPT),
    **dict.fromkeys((".c", ".h", ".cc", ".cpp", ".cxx", ".hpp", ".hh", ".java", ".kt", ".kts", ".cs", ".swift"), _BRACES),
    **dict.fromkeys((".scala", ".php", ".dart", ".m", ".mm", ".groovy", ".proto"), _BRACES),
    **dict.fromkeys((".md", ".markdown"), _HEADINGS),
    **dict.fromkeys((".sh", ".bash", ".zsh"), _SHELL),
    ".go": _GO,
    ".rs": _RUST,
}


def definitions(path):
    """The expression that finds definition lines in a file of this name."""
    return _BY_EXTENSION.get(os.path.splitext(path)[1].lower(), _ANY)


def in_text(text, path):
    """[(line, text of the line, name)] of what looks like a definition."""
    rows, line, at = [], 1, 0
    text = unify(text)
    lines = lines_of(text)
    for match in definitions(path).finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        line += text.count("\n", at, start)
        at = start
        name = next((group for group in match.groups() if group), "")
        rows.append((line, lines[line - 1].rstrip(), name))
    return rows
