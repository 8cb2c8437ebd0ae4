import { useEffect, useState } from 'preact/hooks';
import { type HighlightedLine, highlight } from './highlight.ts';

interface CodeProps {
  readonly text: string;
  readonly language: string;
  /** Number of the first line; without it lines are not numbered. */
  readonly firstLine?: number;
}

/** Code with the theme's colours; plain until the highlighter is there, and when it does not know the language. */
export function Code({ text, language, firstLine }: CodeProps) {
  const [lines, setLines] = useState<readonly HighlightedLine[] | null>(null);
  useEffect(() => {
    let wanted = true;
    setLines(null);
    void highlight(text, language).then((found) => wanted && setLines(found));
    return () => {
      wanted = false;
    };
  }, [text, language]);
  const shown: readonly HighlightedLine[] = lines ?? text.split('\n').map((content) => [{ content }]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region has to be reachable by keyboard.
    <pre class="code" tabIndex={0}>
      <code>
        {shown.map((line, at) => (
          <span class="line" key={at}>
            {firstLine !== undefined && <span class="number">{firstLine + at}</span>}
            {line.map(({ content, color }) =>
              color === undefined ? content : <span style={{ color }}>{content}</span>,
            )}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  );
}
