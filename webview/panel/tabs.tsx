import { useEffect, useState } from 'preact/hooks';

export const tabs = ['agents', 'agent', 'answer', 'snippets'] as const;
export type Tab = (typeof tabs)[number];

const labels: Readonly<Record<Tab, string>> = {
  agents: 'Agents',
  agent: 'Agent',
  answer: 'Answer',
  snippets: 'Snippets',
};

export const Tabs = ({ chosen, onChoose }: { readonly chosen: Tab; readonly onChoose: (tab: Tab) => void }) => (
  <nav class="tabs" aria-label="Parts of the run">
    {tabs.map((tab) => (
      <button
        type="button"
        key={tab}
        class="quiet"
        aria-current={tab === chosen ? 'page' : undefined}
        onClick={() => onChoose(tab)}
      >
        {labels[tab]}
      </button>
    ))}
  </nav>
);

/** Whether the three regions have no room side by side. */
export function useNarrow(): boolean {
  const query = matchMedia('(max-width: 600px)');
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const update = () => setNarrow(query.matches);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);
  return narrow;
}
