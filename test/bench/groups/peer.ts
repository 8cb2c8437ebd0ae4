import { type Answered, ask, withTinyFolder } from '../support/client.ts';
import { corpus } from '../support/corpus.ts';
import type { Figure, Group } from '../support/figure.ts';
import { within } from '../support/figure.ts';
import { type PeerScenario, peerScenarios } from '../support/peer-scenarios.ts';
import { measureIn } from '../support/process.ts';
import { latencyMs, type Server, withServer } from '../support/server.ts';
import { repeat, sample } from '../support/stats.ts';

/** The scenarios of the peers' bench, each a whole process of the real client. */
export const peer: Group = () =>
  withServer((server) =>
    withTinyFolder(async (tiny) => {
      const { folder, description } = await corpus();
      await ask(server, 'trivial', tiny);
      const figures: Figure[] = [];
      for (const scenario of peerScenarios)
        figures.push(...(await figuresOf(scenario, server, scenario.corpus ? folder : tiny)));
      return { figures, notes: [...notes, ...description] };
    }),
  );

const notes = [
  'Overhead = the process from its start to its end − 100 ms for each model call on the critical path (16 requests at once).',
  'Ratio: the same wall time against a bare Node process that makes the calls on the critical path with fetch.',
  'fast-rlm is what another machine measured: context, not a baseline.',
];

async function figuresOf(scenario: PeerScenario, server: Server, dir: string): Promise<readonly Figure[]> {
  const { name, marker, runs, atMost, fastRlm, waits = 0 } = scenario;
  const bare = await repeat(3, () => bareMs(server, scenario));
  const answers = await repeat(runs, async () => checked(scenario, await ask(server, marker, dir)));
  const wallMs = sample(answers.map((one) => one.wallMs));
  const overhead = answers.map((one) => (one.wallMs - waits - scenario.calls * latencyMs) / 1000);
  const baseline = { name: `bare client, ${scenario.calls} calls`, value: sample(bare.map((ms) => ms / 1000)) };
  const figure: Figure = {
    name: `${name}: overhead`,
    unit: 's',
    measured: sample(overhead),
    baseline,
    ratio: { value: (wallMs.median - waits) / 1000 / baseline.value.median, kind: 'times' },
    note: `wall ${(wallMs.median / 1000).toFixed(2)} s; fast-rlm ${fastRlm}`,
  };
  return [within(figure, atMost), ...extrasOf(scenario, answers)];
}

async function bareMs(server: Server, { calls }: PeerScenario): Promise<number> {
  const startedAt = performance.now();
  await measureIn('bare-client', [server.url, 'trivial', calls]);
  await server.asked();
  return performance.now() - startedAt;
}

function checked({ name, asked, answer }: PeerScenario, answered: Answered): Answered {
  const { report } = answered;
  const isSame = answered.asked.length === asked && report.outcome === 'answered' && report.answer.startsWith(answer);
  if (isSame) return answered;
  throw new Error(`${name}: ${answered.asked.length} calls, ${report.outcome} ${report.reason}: ${report.answer}`);
}

function extrasOf({ name, peakMb, promptKb }: PeerScenario, answers: readonly Answered[]): readonly Figure[] {
  const peak: Figure = { name: `${name}: peak memory`, unit: 'MB', measured: sample(answers.map((one) => one.peakMb)) };
  const prompts = answers.map(({ asked }) => (asked[0]?.promptBytes ?? Number.NaN) / 1000);
  const prompt: Figure = { name: `${name}: first request`, unit: 'KB', measured: sample(prompts) };
  return [
    peakMb === undefined ? peak : within(peak, peakMb),
    ...(promptKb === undefined ? [] : [within(prompt, promptKb)]),
  ];
}
