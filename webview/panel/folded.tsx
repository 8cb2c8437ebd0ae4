import type { ComponentChildren } from 'preact';
import { fullCount } from '../../src/runs/format.ts';
import { Plain } from '../shared/code.tsx';
import { Icon } from '../shared/icon.tsx';

interface FoldProps {
  readonly title: ComponentChildren;
  readonly open?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export const Fold = ({ title, open = false, class: name = '', children }: FoldProps) => (
  <details class={name} open={open}>
    <summary>
      <Icon name="chevron-right" />
      {title}
    </summary>
    {children}
  </details>
);

interface FoldedTextProps {
  readonly title: string;
  readonly text: string;
  readonly open?: boolean;
}

/** More than a browser lays out at once. */
const maxShown = 200_000;

export function FoldedText({ title, text, open = false }: FoldedTextProps) {
  const cut = text.length > maxShown ? `\n… ${fullCount(text.length - maxShown)} more characters` : '';
  return (
    <Fold title={title} open={open}>
      <Plain text={text.slice(0, maxShown) + cut} label={title} />
    </Fold>
  );
}
