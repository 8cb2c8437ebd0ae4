/** Something the person can mend, said in one line. Nothing else is thrown on purpose here. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** 2: the command line is wrong. 1: it is right, but cannot be done. 130: Ctrl-C. */
  readonly exitCode: 1 | 2 | 130;

  constructor(message: string, exitCode: 1 | 2 | 130) {
    super(message);
    this.exitCode = exitCode;
  }
}
