export const exportFormats = ['md', 'json', 'html', 'sft', 'verifiers'] as const;

/** The last two are for training: docs/training-export.md */
export type ExportFormat = (typeof exportFormats)[number];
