import { defaultLimits } from '../../../src/agent/limits.ts';

export interface PeerScenario {
  readonly name: string;
  /** Key and parameters of the script. */
  readonly marker: string;
  readonly runs: number;
  /** Model calls the server has to see. */
  readonly asked: number;
  /** Model calls on the critical path. */
  readonly calls: number;
  readonly answer: string;
  /** Seconds of overhead. */
  readonly atMost: number;
  readonly fastRlm: string;
  /** Asks about the large corpus instead of a tiny folder. */
  readonly corpus?: boolean;
  /** Milliseconds that the scenario spends by design. */
  readonly waits?: number;
  readonly peakMb?: number;
  readonly promptKb?: number;
}

const waves = (children: number): number => 1 + Math.ceil(children / defaultLimits.maxConcurrent);

const fan = (children: number): Pick<PeerScenario, 'marker' | 'asked' | 'calls' | 'answer'> => ({
  marker: `fan n=${children}`,
  asked: 1 + children,
  calls: waves(children),
  answer: `${children} ok of ${children} `,
});

export const peerScenarios: readonly PeerScenario[] = [
  {
    name: 'a trivial question',
    ...{ marker: 'trivial', asked: 1, calls: 1, answer: 'ok ' },
    ...{ runs: 5, atMost: 0.7, fastRlm: '4.1 s' },
  },
  { name: '8 children with a REPL each', ...fan(8), runs: 5, atMost: 2, fastRlm: '26 s' },
  { name: '64 children', ...fan(64), runs: 3, atMost: 8, peakMb: 1500, fastRlm: '195 s, 2.5 GB' },
  {
    name: 'a chain of three',
    ...{ marker: 'chain', asked: 3, calls: 3, answer: 'root<child<grandchild>> ' },
    ...{ runs: 5, atMost: 1, fastRlm: '10 s' },
  },
  {
    name: '50 MB, 10,000 files, one scan',
    ...{ marker: 'scan', asked: 1, calls: 1, answer: '' },
    ...{ runs: 5, atMost: 2.5, corpus: true, promptKb: 8, fastRlm: '54 s, 3.8 MB prompt' },
  },
  {
    name: `a spinning child (cells end after ${defaultLimits.cellSeconds} s)`,
    ...{ marker: 'spin', asked: 3, calls: 3, answer: 'root<recovered> ' },
    ...{ runs: 1, atMost: 2, waits: defaultLimits.cellSeconds * 1000, fastRlm: 'never' },
  },
];
