/** What may stand at a question's end without changing it. */
const end = String.raw`(?:\s+(?:in|across|within|throughout)\s+(?:the\s+|this\s+)?(?:whole\s+|entire\s+)?(?:code\s?base|repository|repo|workspace|project|code|source|files?)|\s+(?:are\s+there|exist|defined|called|used|made|there|in\s+total))*\s*[?.!]*\s*$`;

/** Matches a question that is nothing but the pattern, politeness apart. */
export const whole = (pattern: string): RegExp => new RegExp(`^\\s*(?:please\\s+)?${pattern}${end}`, 'i');
