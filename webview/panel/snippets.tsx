import type { CitationBadge } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { CitationButton, type ShownCitation, shownCitations } from '../shared/badge.tsx';
import { Code } from '../shared/code.tsx';
import { languageOf } from '../shared/highlight.ts';

interface SnippetsProps {
  readonly run: RunState;
  readonly badges: readonly CitationBadge[];
  readonly onOpen: (index: number) => void;
  readonly onReanchor: (index: number) => void;
}

/** The lines the answer cites, as the host read them. */
export function Snippets({ run, badges, ...actions }: SnippetsProps) {
  const shown = shownCitations(run, badges);
  return (
    <section class="snippets" aria-label="Cited snippets">
      <h2>Cited snippets</h2>
      {shown.length === 0 && (
        <p class="muted">{run.end === undefined ? 'They come with the answer.' : 'The answer cites nothing.'}</p>
      )}
      {shown.map((one) => (
        <Snippet key={one.index} shown={one} {...actions} />
      ))}
    </section>
  );
}

function Snippet({
  shown,
  onOpen,
  onReanchor,
}: Pick<SnippetsProps, 'onOpen' | 'onReanchor'> & { readonly shown: ShownCitation }) {
  const { index, citation, status, now } = shown;
  return (
    <figure>
      <figcaption>
        <CitationButton shown={shown} onOpen={onOpen} />
        <span class={`word ${status}`}>{status}</span>
        {citation.problem !== '' && <span class="muted">{citation.problem}</span>}
        {status === 'stale' && now === null && <span class="muted">its text is gone</span>}
        {status === 'stale' && now !== null && (
          <button
            type="button"
            class="link"
            onClick={() => onReanchor(index)}
          >{`use lines ${now.startLine}-${now.endLine}`}</button>
        )}
      </figcaption>
      {citation.quote !== '' && (
        <Code text={citation.quote} language={languageOf(citation.path)} firstLine={citation.startLine} />
      )}
    </figure>
  );
}
