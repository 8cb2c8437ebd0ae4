import c from 'shiki/langs/c.mjs';
import csharp from 'shiki/langs/csharp.mjs';
import css from 'shiki/langs/css.mjs';
import dart from 'shiki/langs/dart.mjs';
import diff from 'shiki/langs/diff.mjs';
import docker from 'shiki/langs/docker.mjs';
import go from 'shiki/langs/go.mjs';
import java from 'shiki/langs/java.mjs';
import json from 'shiki/langs/json.mjs';
import kotlin from 'shiki/langs/kotlin.mjs';
import make from 'shiki/langs/make.mjs';
import python from 'shiki/langs/python.mjs';
import rust from 'shiki/langs/rust.mjs';
import scala from 'shiki/langs/scala.mjs';
import shell from 'shiki/langs/shellscript.mjs';
import sql from 'shiki/langs/sql.mjs';
import toml from 'shiki/langs/toml.mjs';
import tsx from 'shiki/langs/tsx.mjs';
import xml from 'shiki/langs/xml.mjs';
import yaml from 'shiki/langs/yaml.mjs';

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
