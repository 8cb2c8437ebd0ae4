hits = search(question, k=20)
print(hits.summary)
for hit in hits[:12]:
    print(f"{hit.path}:{hit.start}-{hit.end}  {hit.why}")
