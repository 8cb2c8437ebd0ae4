hits = search(question, k=30)
print(f"{len(hits)} passages match, of {len(files)} files searched")
for hit in hits[:12]:
    print(f"{hit.path}:{hit.start}-{hit.end}  score {hit.score:.1f}")
