# Ask again with the names that the reading brought up: where they are defined, and who else uses them.
named = [note["name"] for _, note in notes if note["name"] and note["relevance"] >= 4]
names = list(dict.fromkeys(named))[:6]
more = search(f"{question} {' '.join(names)}", k=12) if names else []
known = {path for path, _ in notes}
fresh = [hit for hit in more if hit.path not in known][:3]
notes += read_all([(hit.path, hit.start, hit.end) for hit in fresh])
print(f"asked again for {', '.join(names) or 'nothing'}: {len(fresh)} further files")
