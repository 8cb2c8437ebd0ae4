import { answerLine } from '../grade.ts';
import type { EvalItem, GoldAnswer } from '../item.ts';
import type { Random } from '../random.ts';
import { commentMark } from './comments.ts';
import { type Filler, type Insertion, placeAt, render } from './filler.ts';
import type { MadeCorpus } from './made-corpus.ts';

/** A review note in the code: who wrote it can be read off it, what it is about has to be understood. */
interface Note {
  readonly author: string;
  readonly mood: Mood;
}

type Mood = 'praise' | 'complaint' | 'question';

const moods: Readonly<Record<Mood, readonly string[]>> = {
  praise: [
    'lovely, I would not change a thing',
    'this reads well and does what it says',
    'elegant, let us do the rest like this',
    'very clear, thanks for taking the time',
  ],
  complaint: [
    'this keeps breaking on Mondays, please redo it',
    'far too slow, it held up the release',
    'nobody can follow this, it has to go',
    'wrong again, the third time this month',
  ],
  question: [
    'why does this come before the check above',
    'who still calls this',
    'is there a reason for the order here',
    'does anybody know what happens with an empty list',
  ],
};

const authors = ['Adaeze', 'Bjarni', 'Chiara', 'Dmitri', 'Esperanza', 'Farouk', 'Gwendolyn', 'Hiroshi'];

/** One for about so many bytes of code, and no more than can be told apart in a report. */
const bytesPerNote = 8192;
const mostNotes = 1500;
const fewestNotes = 6;

/** OOLONG-style: notes spread through the whole corpus, and questions whose answers need every one of them. */
export function makeAggregate(filler: Filler, random: Random): MadeCorpus {
  const count = Math.min(mostNotes, Math.max(fewestNotes, Math.round(filler.bytes / bytesPerNote)));
  const notes = notesWithWinners(count, random);
  const insertions = notes.flatMap((note, at) => {
    const place = placeAt(filler, (at + random.next()) / count, (path) => commentMark(path) !== undefined);
    return place === undefined ? [] : [{ note, insertion: { ...place, lines: [textOf(note, place, random)] } }];
  });
  const { texts } = render(
    filler,
    insertions.map(({ insertion }) => insertion),
  );
  return {
    texts,
    items: questionsOf(
      insertions.map(({ note }) => note),
      random,
    ),
  };
}

const textOf = ({ author, mood }: Note, { part }: Pick<Insertion, 'part'>, random: Random): string =>
  `${commentMark(part.path)} Review note by ${author}: ${random.pick(moods[mood])}.`;

/** Notes of which one author and one mood are clearly the most frequent: no question has two answers. */
function notesWithWinners(count: number, random: Random): readonly Note[] {
  const first = random.pick(authors);
  const often = random.pick(Object.keys(moods).filter(isMood));
  return Array.from({ length: count }, () => ({
    author: random.next() < 0.25 ? first : random.pick(authors),
    mood: random.next() < 0.3 ? often : random.pick(Object.keys(moods).filter(isMood)),
  }));
}

const isMood = (name: string): name is Mood => name in moods;

type Question = Omit<EvalItem, 'corpus' | 'id'>;

function questionsOf(notes: readonly Note[], random: Random): readonly Question[] {
  const byAuthor = countBy(notes.map(({ author }) => author));
  const byMood = countBy(notes.map(({ mood }) => mood));
  const present = [...byAuthor.keys()].sort();
  const author = random.pick(present);
  const [one = author, other = author] = random.shuffled(present);
  const mood = random.pick(Object.keys(moods).filter(isMood));
  const difference = (byAuthor.get(one) ?? 0) - (byAuthor.get(other) ?? 0);
  const compared = difference > 0 ? 'more' : difference < 0 ? 'fewer' : 'the same number';
  const about = `The code holds comments that begin with "Review note by". Each is praise, a complaint or a question.`;
  const top = topOf(byAuthor);
  const topMood = topOf(byMood);
  return [
    asked(`${about} How many review notes are by ${author}?`, exact(byAuthor.get(author) ?? 0)),
    asked(`${about} How many review notes are there in all of the code?`, exact(notes.length)),
    ...(top === undefined ? [] : [asked(`${about} Who wrote the most of them?`, exact(top, authors))]),
    asked(
      `${about} Did ${one} write more, fewer or the same number of them as ${other}?`,
      exact(compared, ['more', 'fewer', 'the same number']),
    ),
    asked(`${about} How many of them are ${plurals[mood]}?`, exact(byMood.get(mood) ?? 0)),
    ...(topMood === undefined
      ? []
      : [
          asked(
            `${about} Which of the three is the most frequent: praise, complaint or question?`,
            exact(topMood, Object.keys(moods)),
          ),
        ]),
  ];
}

const plurals: Readonly<Record<Mood, string>> = { praise: 'praise', complaint: 'complaints', question: 'questions' };

const exact = (value: string | number, options?: readonly string[]): GoldAnswer => ({
  kind: 'exact',
  value: String(value),
  ...(options !== undefined && { options }),
});

const asked = (question: string, answer: GoldAnswer): Question => ({
  kind: 'aggregate',
  question,
  instruction: answerLine,
  gold: { answer, files: [], alternatives: [], lines: [] },
});

function countBy(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(values, (value) => value)].map(([value, some]) => [value, some.length]));
}

/** The most frequent; `undefined` when two are. */
function topOf(counts: ReadonlyMap<string, number>): string | undefined {
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  return first !== undefined && first[1] > (second?.[1] ?? 0) ? first[0] : undefined;
}
