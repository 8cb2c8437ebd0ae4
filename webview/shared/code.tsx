import { useEffect, useRef, useState } from 'preact/hooks';
import { plural } from '../../src/runs/format.ts';
import type { ColouredLine } from './coloured.ts';
import { colour, coloured } from './highlight.ts';
import { useScrollable } from './use-scrollable.ts';

interface CodeProps {
  readonly text: string;
  readonly language: string;
  /** What the code is, for those who do not see it. */
  readonly label: string;
  /** Number of the first line; without it lines are not numbered. */
  readonly firstLine?: number;
}

/** More than a browser lays out at once; a citation may be of a whole file. */
const maxLines = 5000;

/** Code with the theme's colours; plain until the highlighter is there, and when it does not know the language. */
export function Code({ text, language, label, firstLine }: CodeProps) {
  const colours = useColours(text, language);
  const lines = text.split('\n');
  const width = firstLine === undefined ? 0 : String(firstLine + lines.length - 1).length;
  return (
    <ScrollingPre class={firstLine === undefined ? 'code' : 'code numbered'} label={label}>
      <code>
        {lines.slice(0, maxLines).map((line, at) => (
          <span class="line" key={at}>
            {firstLine !== undefined && <span class="number">{String(firstLine + at).padStart(width)}</span>}
            <Pieces text={line} coloured={colours?.[at]} />
            {'\n'}
          </span>
        ))}
        {lines.length > maxLines && `… ${plural(lines.length - maxLines, 'more line')}`}
      </code>
    </ScrollingPre>
  );
}

interface PlainProps {
  readonly text: string;
  readonly label: string;
  readonly kind?: 'error' | 'wrap';
}

/** Text as it is: outputs, prompts, replies. */
export const Plain = ({ text, label, kind = 'wrap' }: PlainProps) => (
  <ScrollingPre class={`code ${kind}`} label={label}>
    {text}
  </ScrollingPre>
);

interface PreProps {
  readonly class: string;
  readonly label: string;
  readonly children: preact.ComponentChildren;
}

function ScrollingPre({ class: name, label, children }: PreProps) {
  const element = useRef<HTMLPreElement>(null);
  const reachable = useScrollable(element) ? { tabIndex: 0, role: 'region' as const, 'aria-label': label } : {};
  return (
    <pre ref={element} class={name} dir="auto" {...reachable}>
      {children}
    </pre>
  );
}

function useColours(text: string, language: string): readonly ColouredLine[] | undefined {
  const [found, setFound] = useState<readonly ColouredLine[] | undefined>(() => coloured(text, language));
  useEffect(() => {
    let wanted = true;
    void colour(text, language).then((lines) => wanted && lines !== null && setFound(lines));
    return () => {
      wanted = false;
    };
  }, [text, language]);
  return found;
}

/** The colours may be of an earlier text that has grown since: they hold for the lines that are the same. */
function Pieces({ text, coloured: pieces }: { readonly text: string; readonly coloured: ColouredLine | undefined }) {
  if (pieces === undefined || pieces.map((piece) => piece.text).join('') !== text) return <>{text}</>;
  return (
    <>
      {pieces.map((piece, at) =>
        piece.kind === undefined ? (
          piece.text
        ) : (
          <span key={at} class={`t-${piece.kind}`}>
            {piece.text}
          </span>
        ),
      )}
    </>
  );
}
