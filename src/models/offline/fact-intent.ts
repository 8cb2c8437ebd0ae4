import { whole } from './whole-question.ts';

/** A question for something that a project says of itself in files made for it. */
export type FactIntent =
  /** Under which licence it is, and whose it is. */
  | { readonly kind: 'licence' }
  /** What its manifests declare. */
  | { readonly kind: 'declared'; readonly fact: 'dependencies' | 'version' };

/** @param project an expression for the project as a whole. @returns `undefined` for any other question. */
export function factIntent(question: string, project: string): FactIntent | undefined {
  const asks = (patterns: (itself: string) => readonly string[]) =>
    patterns(`(?:it|this|${project})`).some((pattern) => whole(pattern.replaceAll(' ', '\\s+')).test(question));
  if (asks(licence)) return { kind: 'licence' };
  if (asks(dependencies)) return { kind: 'declared', fact: 'dependencies' };
  return asks(version) ? { kind: 'declared', fact: 'version' } : undefined;
}

const licence = (itself: string): readonly string[] => [
  `(?:under )?(?:what|which)(?: kind of| open-source| software)? licen[cs]es?(?: does)?(?: is)? ${itself}(?: use| have| has)?(?: (?:licen[cs]ed|released|published|distributed))?(?: under)?`,
  `(?:what is|what's|which is|what are) the (?:software )?(?:licen[cs]es?|licen[cs]ing|copyright(?: notice)?)(?: (?:of|for) ${itself})?`,
  `how is ${itself} licen[cs]ed`,
  `who (?:owns|wrote|made|holds the copyright (?:to|of|on|for)) ${itself}`,
  `(?:who is|who are|who's) the (?:owners?|authors?|copyright (?:owners?|holders?)) (?:of|to|for) ${itself}`,
  `(?:what|which) (?:company|organi[sz]ation|person) (?:owns|has|holds|is)(?: the)? (?:copyrights? |author |owner )?(?:(?:of|to|for|on) )?${itself}`,
  `(?:what|which) year (?:was|is) ${itself} (?:copyrighted|licen[cs]ed)`,
  `what is the (?:year of the )?copyright(?: year)? (?:of|for|on) ${itself}`,
  `(?:can|may) (?:i|we|one) use ${itself} (?:commercially|at work|in an? (?:commercial|closed-source|proprietary) (?:project|product|program|app))`,
  `is ${itself} (?:open[\\s-]source|free software)`,
];

const dependencies = (itself: string): readonly string[] => [
  `(?:what|which)(?: are)?(?: the| its)?(?: (?:main|external|third-party|direct|runtime))* dependencies(?: does)?(?: (?:of|for|has|in))?(?: ${itself})?(?: has| have| uses?| needs?)?`,
  `(?:list|show|name)(?: me)?(?: all)?(?: the| its)?(?: (?:main|external|third-party|direct|runtime))* dependencies(?: (?:of|for) ${itself})?`,
  `what does ${itself} (?:depend on|require|need)`,
  `(?:what|which) (?:third-party |external )?(?:libraries|packages|frameworks|modules)(?: does ${itself} (?:use|need|require|depend on)| are used(?: here)?)`,
];

const version = (itself: string): readonly string[] => [
  `(?:what|which) version(?: of ${itself})?(?: is| does)? ${itself}(?: at| on| have)?`,
  `(?:what is|what's|which is) the (?:current |latest )?version(?: number)?(?: of ${itself})?`,
  `what version are we (?:on|at)`,
];
