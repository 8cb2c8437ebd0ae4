import { type FactIntent, factIntent } from './fact-intent.ts';
import { whole } from './whole-question.ts';

/** A question for the project as a whole. */
export type ProjectIntent =
  /** What it is, where it begins, how it is laid out and run. */
  | { readonly kind: 'overview' }
  /** How one builds, runs, tests it, … */
  | { readonly kind: 'howto'; readonly verb: HowToVerb }
  | FactIntent;

export type HowToVerb = 'install' | 'build' | 'run' | 'test' | 'release' | 'format' | 'contribute' | 'debug';

const project = String.raw`(?:(?:this|the|our)\s+)?(?:whole\s+|entire\s+)?(?:project|repo(?:sitory)?|code\s?base|code|package|library|app(?:lication)?|program|tool|workspace|folder|extension|framework)`;
/** The project by its folder's name; only where nothing else can be meant. */
const named = String.raw`(?:${project}|each\s+of\s+the\s+folders|\S+)`;
const overview = [
  `what\\s+is\\s+${named}\\s+for,?\\s+and\\s+what\\s+are\\s+its\\s+(?:main\\s+)?parts`,
  `what\\s+are\\s+the\\s+entry\\s+points\\s+of\\s+${named}`,
  `how\\s+is\\s+${named}\\s+built\\s+and\\s+tested`,
  `(?:what\\s+(?:is|does)|tell\\s+me\\s+about|explain|describe|summari[sz]e|introduce)\\s+(?:(?:me|to\\s+me)\\s+)?(?:${project}|this)(?:\\s+(?:do|about|for|all\\s+about|at\\s+all))*`,
  `(?:(?:give|show|write)\\s+(?:me\\s+)?)?(?:an?\\s+|the\\s+)?(?:\\w+[\\s-]){0,2}?(?:overview|summary|introduction|tour)(?:\\s+(?:of|to)\\s+(?:the\\s+(?:architecture|design|structure|layout)(?:\\s+of\\s+${project})?|${project}))?`,
  `how\\s+is\\s+${project}\\s+(?:structured|organi[sz]ed|laid\\s+out|set\\s+up|built\\s+up)`,
  `what(?:\\s+is|'s|\\s+are)\\s+the\\s+(?:(?:overall|general|high[\\s-]level|main|most\\s+important|key|major|core)\\s+)*(?:architecture|structure|layout|purpose|entry\\s+points?|parts|components|modules)(?:\\s+(?:of|in)\\s+${project})?`,
  `where\\s+(?:do|should|can)\\s+(?:i|we|one)\\s+(?:start|begin)(?:\\s+(?:reading|looking))?(?:\\s+in\\s+${project})?`,
  `where\\s+(?:does|is)\\s+(?:${project}|execution)\\s+(?:start|begin|started)`,
  `where\\s+(?:is|are)\\s+the\\s+(?:main\\s+)?entry\\s+points?(?:\\s+(?:of|to|in|for)\\s+${project})?`,
].map(whole);

const howTo = whole(
  `how\\s+(?:do|can|should|to)\\s+(?:(?:i|we|you|one)\\s+)?(install|set\\s*up|build|compile|run|start|launch|test|deploy|release|publish|lint|format|contribute|develop|debug)(?:\\s+(?:to|on|for))?(?:\\s+(?:all|its|the|some|a|unit|integration|end-to-end|e2e))*(?:\\s+(?:it|this|${project}|server|tests?|test\\s+suite|unit\\s+tests|linters?|development\\s+environment))?(?:\\s+(?:locally|from\\s+source|myself|here))?`,
);
const verbs: Readonly<Record<string, HowToVerb>> = {
  'set up': 'install',
  setup: 'install',
  compile: 'build',
  start: 'run',
  launch: 'run',
  deploy: 'release',
  publish: 'release',
  lint: 'format',
  develop: 'contribute',
};

/** @returns `undefined` for a question that is about something in the project. */
export function projectIntent(question: string): ProjectIntent | undefined {
  if (overview.some((pattern) => pattern.test(question))) return { kind: 'overview' };
  const verb = howTo.exec(question)?.[1]?.toLowerCase();
  return verb === undefined ? factIntent(question, project) : { kind: 'howto', verb: verbOf(verb, question) };
}

/** Running the tests is testing. */
const verbOf = (verb: string, question: string): HowToVerb =>
  /\btests?\b/i.test(question) ? 'test' : (verbs[verb] ?? (verb as HowToVerb));
