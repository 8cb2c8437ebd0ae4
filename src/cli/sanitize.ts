// biome-ignore-all lint/suspicious/noControlCharactersInRegex: taking control characters out is this file's purpose.

/** Escape sequences: OSC, DCS, APC, PM and SOS with their payload, then CSI, then the two-character ones. */
const escapes =
  /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]{0,4096}(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;

/** C0 but tab and newline, DEL, C1. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Marks that reorder or hide what is beside them: bidi controls, zero-width spaces, tag characters, soft hyphen. */
const invisible =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/**
 * Text from files and models, safe to write to a terminal: it can neither move the cursor, nor colour, nor write to the
 * clipboard, nor show itself in another order than it is. Tabs become spaces; newlines stay.
 */
export function sanitize(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(escapes, '')
    .replace(controls, (control) => (control === '\t' ? control : ''))
    .replace(invisible, '')
    .replaceAll('\t', '    ');
}

/** The same on one line, runs of white space as one space. */
export const sanitizeLine = (text: string): string => sanitize(text).replace(/\s+/g, ' ').trim();
