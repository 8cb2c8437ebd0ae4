import { cFamily } from './c-family.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import type { Language } from './language.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { scriptLanguages } from './script.ts';

/** Every language with a parser. */
const languages: readonly Language[] = [...scriptLanguages, python, go, rust, java, ...cFamily, csharp, ruby, php];

const byId = new Map(languages.flatMap((language) => language.ids.map((id) => [id, language] as const)));

/** @param id as VS Code names languages. @returns `undefined` when there is no parser for it. */
export const parserFor = (id: string): Language | undefined => byId.get(id);
