import { fullCount, plural } from '../../src/runs/format.ts';
import type { CellStep } from '../../src/runs/run-state.ts';
import { Plain } from '../shared/code.tsx';
import { Fold } from './folded.tsx';

interface OutputProps {
  readonly cell: number;
  readonly end: NonNullable<CellStep['end']>;
}

/** Longer outputs begin folded. */
const openLines = 30;

/** What a cell printed, its middle left out when it is long, and how it failed. */
export function Output({ cell, end: { output, error } }: OutputProps) {
  const { head, tail, totalChars, totalLines, omittedChars } = output;
  const gap = omittedChars > 0 ? `\n… ${fullCount(omittedChars)} characters left out …\n` : '';
  const ends = omittedChars > 0 ? ', head and tail' : '';
  const lines = head + gap + tail;
  return (
    <>
      {totalChars > 0 && (
        <Fold
          title={`Output · ${plural(totalLines, 'line')}, ${plural(totalChars, 'character')}${ends}`}
          open={totalLines <= openLines}
        >
          <Plain text={lines.replace(/\n$/, '')} label={`Output of cell ${cell}`} />
        </Fold>
      )}
      {error !== '' && <Plain text={error} label={`Error of cell ${cell}`} kind="error" />}
    </>
  );
}
