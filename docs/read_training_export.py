"""Reads what `ask-codebase export --format sft|verifiers` wrote, with the standard library alone.

    python3 read_training_export.py FILE.jsonl

Prints one JSON object: how many conversations and sampled replies there are, and the texts a model is to be trained on.
"""

import json
import sys


def conversation(row):
    """All messages of a line, and for each what of it was sampled."""
    if row["format"] == "ask-codebase-sft":
        messages, mask, offset = row["messages"], row["loss_mask"], 0
    else:
        messages = row["prompt"] + row["completion"]
        offset = len(row["prompt"])
        mask = [0] * offset + row["completion_mask"]
    sampled = [""] * len(messages)
    for span in row["sampled"]:
        at = span["message"] + offset
        sampled[at] = messages[at]["content"][span["start"] : span["end"]]
    return messages, mask, sampled


def read(lines):
    rows = [json.loads(line) for line in lines if line.strip()]
    summary = {"conversations": len(rows), "replies": 0, "masked": 0, "texts": []}
    for row in rows:
        messages, mask, sampled = conversation(row)
        assert len(messages) == len(mask)
        for message, trained, text in zip(messages, mask, sampled):
            assert bool(trained) == bool(text) or message["content"] == ""
            assert not trained or message["role"] == "assistant"
            if trained:
                summary["replies"] += 1
                summary["texts"].append(text)
            else:
                summary["masked"] += 1
    return summary


if __name__ == "__main__" and len(sys.argv) > 1:
    with open(sys.argv[1], encoding="utf-8") as file:
        print(json.dumps(read(file)))
