note_schema = {
    "type": "object",
    "properties": {
        "relevance": {"type": "number", "description": "0 (not at all) to 10"},
        "start": {"type": "integer", "description": "first line that bears on the question"},
        "end": {"type": "integer", "description": "last such line"},
        "name": {"type": "string", "description": "what is defined there"},
        "signature": {"type": "string", "description": "the line that defines it, verbatim"},
        "says": {"type": "string", "description": "what it does, in one or two sentences"},
    },
    "required": ["relevance", "start", "end", "name", "signature", "says"],
}


def read_all(places):
    prompts = [
        f"Question: {question}\n\nChoose the lines of this passage that help most to answer, and say what they do.\n"
        f'<passage path="{path}">\n{read(path, start, end)}\n</passage>'
        for path, start, end in places
    ]
    replies = llm_batch(prompts, schema=note_schema) if prompts else []
    return [(path, note) for (path, _, _), note in zip(places, replies) if isinstance(note, dict)]


notes = read_all([(path, start, end) for path, ranges in places.items() for start, end in ranges])
for path, note in notes:
    print(f"{path}:{note['start']}-{note['end']}  relevance {note['relevance']:.0f}  {note['name']}")
