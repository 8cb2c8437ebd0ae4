if not answer["content"]:
    answer["content"] = f"No language model was used, and the search of {len(files):,} files came to nothing that can be shown."
answer["ready"] = True
