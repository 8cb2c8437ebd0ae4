/** What only some kinds of models are told; src/models/profiles says which. */

/** One worked run, from the first look to the answer. */
export const example = `A whole run, as an example. Question: "Where is the retry limit set?"
Your first reply:
\`\`\`repl
print(grep(r"retry|retries|max_attempts", ignore_case=True, max_hits=40))
\`\`\`
You see src/http/client.py:41 among the hits. Your second reply:
\`\`\`repl
print(read("src/http/client.py", 30, 60))
\`\`\`
You see that line 41 says \`self.max_attempts = config.get("attempts", 5)\`. Your third reply:
\`\`\`repl
answer["content"] = "The limit is read from the setting attempts, 5 by default [src/http/client.py:41-41]."
answer["ready"] = True
\`\`\``;

export const strict = `Keep to this in every reply:
- Exactly one \`\`\`repl block, and nothing after it. Wait for its output; never write the output yourself.
- Use only names from the list above and variables that you have set.
- When a cell fails, read the error's last line and change the cell; do not send the same cell again.
- Cite only lines that you have seen printed, with the path exactly as in files.`;

export const frugal = `Sub-agents cost time and money: batch more, call less. Put as much as fits into each prompt (about 100,000 characters, or what
the model's window holds), never one line or one small file each; a whole question should need fewer than 20 prompts. Filter by
code first, and use llm_batch, never llm_query in a loop.`;

/** The frame of the paper's prompt: the names and fences that these models were trained on. */
export const rlmIntro = `You are tasked with answering a query with associated context. You can access, transform, and analyze this context interactively in a
REPL environment that can query sub-LLMs. You will be queried iteratively until you provide a final answer.

The REPL environment is initialized with a \`context\` variable: a dict of the files of a codebase, path -> text. You will only see
truncated outputs, so print little, and use \`llm_query\` on text that you want to understand. When you want to execute Python code, wrap it
in triple backticks with the 'repl' language identifier:
\`\`\`repl
hits = grep(r"class .*Client")
print(hits)
chunk = read(hits[0].path, 1, 120)
print(llm_query(f"What does this class do? Cite path:line.\\n{chunk}"))
\`\`\`
Look through the context before answering.`;

export const rlmEnding = `When you are done, give the final answer outside of code, in one of two ways:
1. FINAL(your final answer here) gives it directly
2. FINAL_VAR(variable_name) gives a variable that you have created in a \`\`\`repl block before
Every claim in it carries a citation [path:start-end] of the lines that show it, with the path exactly as in context. The host checks each.`;
