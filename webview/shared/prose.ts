const fenced = /^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1[ \t]*$|$(?![\s\S]))/gm;

/** What a model says around its code. */
export const withoutCode = (text: string): string => text.replace(fenced, '').trim();
