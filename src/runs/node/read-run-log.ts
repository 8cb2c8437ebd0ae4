import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../events.ts';
import { type Damage, decodeLine, resolveTexts } from '../log-format.ts';
import type { TextRef } from '../log-shapes.ts';
import { sha256, textsFolder } from './run-log.ts';

export interface ReadRunLog {
  readonly events: readonly RunEvent[];
  /** Empty for a whole log. A run that was killed leaves at most a cut last line and no `run-end`. */
  readonly damaged: readonly Damage[];
}

/** Reads what can be read of a log. Rejects only when the file itself cannot be read. */
export async function readRunLog(file: string): Promise<ReadRunLog> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const texts = new TextFiles(textsFolder(file));
  const events: RunEvent[] = [];
  const damaged: Damage[] = [];
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (text.trim() === '') continue;
    const decoded = decodeLine(text);
    if (decoded.kind === 'unknown') damaged.push({ kind: 'unknown-event', line, type: decoded.type });
    else if (decoded.kind === 'event') {
      const found = await texts.load(decoded.refs);
      for (const [hash, problem] of found.lost) damaged.push({ kind: 'lost-text', line, hash, problem });
      const whole = resolveTexts(decoded.value, (ref) => found.texts.get(ref.$text) ?? note(ref));
      // decodeLine checked what the reducer relies on.
      events.push(whole as RunEvent);
    } else if (line === lines.length) damaged.push({ kind: 'cut-line', line });
    else damaged.push({ kind: 'bad-line', line, problem: decoded.problem });
  }
  return { events, damaged };
}

const note = (ref: TextRef): string => `[${ref.chars} characters lost with ${ref.$text.slice(0, 12)}]`;

interface FoundTexts {
  readonly texts: ReadonlyMap<string, string>;
  readonly lost: readonly (readonly [hash: string, problem: string])[];
}

class TextFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async load(refs: readonly TextRef[]): Promise<FoundTexts> {
    const texts = new Map<string, string>();
    const lost: (readonly [string, string])[] = [];
    for (const hash of new Set(refs.map((ref) => ref.$text))) {
      try {
        const text = await readFile(join(this.#folder, hash), 'utf8');
        if (sha256(text) === hash) texts.set(hash, text);
        else lost.push([hash, 'altered']);
      } catch {
        lost.push([hash, 'missing']);
      }
    }
    return { texts, lost };
  }
}
