import c from '@shikijs/langs/c';
import csharp from '@shikijs/langs/csharp';
import css from '@shikijs/langs/css';
import dart from '@shikijs/langs/dart';
import diff from '@shikijs/langs/diff';
import docker from '@shikijs/langs/docker';
import go from '@shikijs/langs/go';
import java from '@shikijs/langs/java';
import json from '@shikijs/langs/json';
import kotlin from '@shikijs/langs/kotlin';
import make from '@shikijs/langs/make';
import python from '@shikijs/langs/python';
import rust from '@shikijs/langs/rust';
import scala from '@shikijs/langs/scala';
import shell from '@shikijs/langs/shellscript';
import sql from '@shikijs/langs/sql';
import toml from '@shikijs/langs/toml';
import tsx from '@shikijs/langs/tsx';
import xml from '@shikijs/langs/xml';
import yaml from '@shikijs/langs/yaml';

export const grammars = [
  ...[c, csharp, css, dart, diff, docker, go, java, json, kotlin],
  ...[make, python, rust, scala, shell, sql, toml, tsx, xml, yaml],
];

/** File extensions and other names → a grammar that is near enough. */
const names: Readonly<Record<string, string>> = {
  ...{ ts: 'tsx', typescript: 'tsx', mts: 'tsx', cts: 'tsx', js: 'tsx', javascript: 'tsx', jsx: 'tsx', mjs: 'tsx' },
  ...{ cjs: 'tsx', typescriptreact: 'tsx', javascriptreact: 'tsx', vue: 'xml', svelte: 'xml', html: 'xml', svg: 'xml' },
  ...{ py: 'python', pyi: 'python', repl: 'python', rs: 'rust', kt: 'kotlin', kts: 'kotlin', cs: 'csharp' },
  ...{ h: 'c', cc: 'c', cpp: 'c', hpp: 'c', cxx: 'c', 'c++': 'c', m: 'c', groovy: 'java', gradle: 'kotlin' },
  ...{ sh: 'shellscript', bash: 'shellscript', zsh: 'shellscript', shell: 'shellscript', yml: 'yaml' },
  ...{ jsonc: 'json', json5: 'json', scss: 'css', less: 'css', dockerfile: 'docker', makefile: 'make', mk: 'make' },
  ...{ patch: 'diff', sbt: 'scala' },
};

export const grammarOf = (language: string): string => names[language.toLowerCase()] ?? language.toLowerCase();
