# Lines as the host and VS Code count them: \n, \r\n and a lone \r end a line; a final line end begins no other.


def unify(text):
    """The same lines with \\n as their only end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def lines_of(text):
    lines = unify(text).split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines
