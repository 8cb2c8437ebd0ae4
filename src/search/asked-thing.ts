/** Without what asks for nothing by itself. */
export const withoutAsides = (question: string): string => question.replace(/\bfor (?:example|instance)\b/gi, ' ');

/** A question without the words that only ask: “where is the retry logic implemented?” and “how does retry work?” are about “retry”. */
export const thingAskedFor = (question: string): string =>
  askedInPassing.reduce((text, pattern) => text.replace(pattern, '$1'), question);

const atTheEnd = '(?=\\s*[?.!]*\\s*$)';
const askedInPassing = [
  `(\\bwhere (?:is|are|was|were) [^?.!;]*?)(?: (?:logic|functionality))? (?:implemented|defined|declared|located|found)${atTheEnd}`,
  `(\\bhow (?:does|do) [^?.!;]*?) works?(?: (?:here|internally|exactly))?${atTheEnd}`,
  '(\\bwhat) happens?(?= )',
].map((pattern) => new RegExp(pattern, 'i'));
