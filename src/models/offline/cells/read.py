chosen, per_file = [], {}
for hit in hits:
    if per_file.get(hit.path, 0) < 3 and len(chosen) < 16:
        per_file[hit.path] = per_file.get(hit.path, 0) + 1
        chosen.append(hit)
prompts = [
    f"Question: {question}\n\nChoose the lines of this passage that help most to answer, and say why in one sentence.\n"
    f'<passage path="{hit.path}">\n{read(hit.path, hit.start, hit.end)}\n</passage>'
    for hit in chosen
]
note_schema = {
    "type": "object",
    "properties": {
        "relevance": {"type": "number", "description": "0 (not at all) to 10"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "why": {"type": "string"},
    },
    "required": ["relevance", "start", "end", "why"],
}
notes = llm_batch(prompts, schema=note_schema) if prompts else []
for hit, note in zip(chosen, notes):
    print(hit.path, note)
