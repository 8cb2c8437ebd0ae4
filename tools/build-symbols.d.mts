export function copyGrammars(folder: string, root?: string): void;
export function buildSymbolWorker(outfile: string, root?: string): Promise<unknown>;
