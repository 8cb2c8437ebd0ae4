# search(): ranked passages, found by the host, which has read all files into words.
from . import channel
from .child_files import as_child
from .globs import select
from .hits import Passage, Ranked


def make(files, looks):
    def search(query, k=10, glob="**"):
        """The best passage of each of the k best files for words, identifiers, "a literal" or /a regex/."""
        if not str(query).strip():
            raise ValueError("the query has no word to search for")
        paths = None if glob == "**" else select(files, glob)
        reply = channel.call("search", query=str(query), k=int(k), files=as_child(files, paths))
        hits = [Passage(files, hit) for hit in reply["hits"]]
        searched, found = reply["filesSearched"], reply["passagesFound"]
        looks.add("search", str(query), searched, found, len(hits))
        summary = f"{len(hits)} passages of {found:,} that match in {reply['filesFound']:,} of {searched:,} files searched"
        ambiguous = {one["name"]: one["files"] for one in reply["ambiguous"]}
        return Ranked(hits, "; ".join([summary, *reply["notes"]]), found, ambiguous)

    return {"search": search}
