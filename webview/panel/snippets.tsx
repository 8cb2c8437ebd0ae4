import type { RunState } from '../../src/runs/run-state.ts';
import { CitationButton, reasonOf } from '../shared/badge.tsx';
import { Code } from '../shared/code.tsx';
import { languageOf } from '../shared/highlight.ts';
import { Icon } from '../shared/icon.tsx';
import { citationCounts, type ShownCitation } from '../shared/shown-citations.ts';

interface SnippetsProps {
  readonly run: RunState;
  readonly shown: readonly ShownCitation[];
  readonly onOpen: (index: number) => void;
  readonly onReanchor: (index: number) => void;
}

/** The lines the answer cites, as the host read them. */
export function Snippets({ run, shown, ...actions }: SnippetsProps) {
  const none = run.end === undefined ? 'They come with the answer.' : 'The answer cites nothing.';
  return (
    <section class={shown.length === 0 ? 'snippets none' : 'snippets'} aria-label="Cited snippets">
      <header>
        <h2>Cited snippets</h2>
        <span class="muted">{shown.length === 0 ? none : citationCounts(shown)}</span>
      </header>
      <div class="cards">
        {shown.map((one) => (
          <Snippet key={one.index} shown={one} {...actions} />
        ))}
      </div>
    </section>
  );
}

type SnippetProps = Pick<SnippetsProps, 'onOpen' | 'onReanchor'> & { readonly shown: ShownCitation };

function Snippet({ shown, onOpen, onReanchor }: SnippetProps) {
  const { index, citation, status, now } = shown;
  return (
    <figure class={status}>
      <figcaption>
        <CitationButton shown={shown} whole onOpen={onOpen} />
        {status === 'stale' && now !== null && (
          <button type="button" class="quiet" onClick={() => onReanchor(index)}>
            <Icon name="refresh" />
            <span>{`Use lines ${now.startLine}-${now.endLine}`}</span>
          </button>
        )}
      </figcaption>
      {status !== 'verified' && (
        <p class="muted reason">{status === 'stale' && now === null ? gone : reasonOf(shown)}</p>
      )}
      {citation.quote !== '' && (
        <Code
          text={citation.quote}
          language={languageOf(citation.path)}
          label={`Lines ${citation.startLine} to ${citation.endLine} of ${citation.path}`}
          firstLine={citation.startLine}
        />
      )}
    </figure>
  );
}

const gone = 'The file has changed since the answer, and the cited text is nowhere in it any more.';
