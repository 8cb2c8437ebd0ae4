/** One way out. The code leaves what it got in `res`. */
export interface Attempt {
  readonly name: string;
  readonly goal: string;
  readonly code: string;
}

/** Sections headed `#: GOAL name`. */
export function parseAttempts(text: string): readonly Attempt[] {
  const [, ...sections] = text.split(/^#: /m);
  return sections.map((section) => {
    const [head = '', ...code] = section.split('\n');
    const [goal = '', ...name] = head.split(' ');
    return { goal, name: name.join(' '), code: code.join('\n') };
  });
}
