export type WorkspaceErrorKind = 'no-folder' | 'missing' | 'not-a-folder' | 'unreadable';

const advice: Record<WorkspaceErrorKind, (location: string) => string> = {
  'no-folder': () => 'No folder is open. Open a folder and ask again.',
  missing: (location) => `There is no folder at ${location}. Check the path, or remove it from the workspace.`,
  'not-a-folder': (location) => `${location} is a file. Give the folder that holds it.`,
  unreadable: (location) => `The folder ${location} cannot be read. Check its permissions.`,
};

/** A root that cannot be asked about. `message` is for people and says what to do. */
export class WorkspaceError extends Error {
  readonly kind: WorkspaceErrorKind;
  /** As the person gave it; empty for `no-folder`. */
  readonly location: string;

  constructor(kind: WorkspaceErrorKind, location: string, detail = '') {
    super(advice[kind](location) + (detail === '' ? '' : ` (${detail})`));
    this.name = 'WorkspaceError';
    this.kind = kind;
    this.location = location;
  }
}
