import { answerLine } from '../grade.ts';
import type { EvalItem } from '../item.ts';
import type { Random } from '../random.ts';
import { commentMark } from './comments.ts';
import { type Filler, type Insertion, placeAt, render } from './filler.ts';
import type { MadeCorpus } from './made-corpus.ts';

const colours = ['crimson', 'amber', 'teal', 'violet', 'ochre', 'indigo', 'scarlet', 'cobalt', 'olive', 'umber'];
const things = ['harbor', 'lantern', 'orchard', 'glacier', 'falcon', 'meadow', 'anvil', 'comet', 'thicket', 'quarry'];
const letters = 'bcdfghjkmnpqrstvwxz';

/** S-NIAH: one function hidden in real code; the question asks for what it returns. */
export function makeNeedle(filler: Filler, depth: number, random: Random): MadeCorpus {
  const words = [random.pick(colours), random.pick(things)];
  const value = [4, 4, 4].map((n) => Array.from({ length: n }, () => random.pick([...letters])).join('')).join('-');
  const place = placeAt(filler, depth, (path) => commentMark(path) !== undefined);
  if (place === undefined) throw new RangeError('no file of the corpus has a place for a needle');
  const needle: Insertion = { ...place, lines: [...needleLines(place.part.path, words, value), ''] };
  const { texts, spans } = render(filler, [needle]);
  const [path, start, end] = spans.get(needle) ?? [place.part.path, 0, 0];
  const item: Omit<EvalItem, 'corpus' | 'id'> = {
    kind: 's-niah',
    question: `Which code does the release gate of the ${words.join(' ')} return?`,
    instruction: answerLine,
    gold: { answer: { kind: 'exact', value }, files: [path], alternatives: [], lines: [[path, start, end - 1]] },
  };
  return { texts, items: [item] };
}

function needleLines(path: string, words: readonly string[], value: string): readonly string[] {
  const mark = commentMark(path) ?? '#';
  const comment = `${mark} The release gate of the ${words.join(' ')}.`;
  if (mark === '#') return [comment, `def release_gate_${words.join('_')}():`, `    return "${value}"`];
  const name = `releaseGate${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
  return [comment, `function ${name}() {`, `  return "${value}";`, '}'];
}
