import fc from 'fast-check';

/** How a language writes what the generated repositories are made of. */
export interface Dialect {
  readonly language: string;
  readonly extension: string;
  /** Each calls the name once and uses it in no other way. */
  readonly calls: readonly ((name: string) => string)[];
  /** Each names it once, as code, without calling it. */
  readonly uses: readonly ((name: string) => string)[];
  /** Hold its letters, but are no identifier of that name. */
  readonly distractions: readonly ((name: string) => string)[];
  /** A function of that name around statements, one a line. */
  readonly define: (name: string, statements: readonly string[]) => string;
  readonly file: (functions: readonly string[]) => string;
}

const slashes = [
  (name: string) => `// ${name}(1) is called here`,
  (name: string) => `/* ${name}(2); */`,
  (name: string) => `more_${name}(1);`,
  (name: string) => `${name}_too(1);`,
];
const quoted = (name: string) => `log("${name}(1)");`;
const join = (functions: readonly string[]) => `${functions.join('\n\n')}\n`;

const script = {
  calls: [
    (n: string) => `${n}(1);`,
    (n: string) => `const a = obj.${n}(2);`,
    (n: string) => `await obj?.${n}?.();`,
    (n: string) => `new ${n}(3);`,
    (n: string) => `log(\`x \${${n}(4)} y\`);`,
    (n: string) => `list.map((x) => ${n}(x));`,
    (n: string) => `(0, obj.${n})(5);`,
    (n: string) => `new (obj.${n})(6);`,
  ],
  uses: [(n: string) => `const b = ${n};`, (n: string) => `list.map(${n});`, (n: string) => `obj.${n} = 1;`],
  distractions: [...slashes, quoted, (n: string) => `log(\`${n}(5)\`);`, (n: string) => `const r = /${n}\\(/;`],
  define: (n: string, body: readonly string[]) => `async function ${n}(p) {\n${body.join('\n')}\n}`,
  file: join,
};

const inClass = (functions: readonly string[]) => `class Holder {\n${functions.join('\n\n')}\n}\n`;

const cCalls = [
  (n: string) => `${n}(1);`,
  (n: string) => `int a = ${n}(2) + 1;`,
  (n: string) => `ops->${n}(3);`,
  (n: string) => `if (${n}(4)) { go(); }`,
  (n: string) => `(*ops->${n})(5);`,
];
const cUses = [(n: string) => `ptr = &${n};`, (n: string) => `obj.${n} = 1;`, (n: string) => `take(${n});`];
const cDefine = (n: string, body: readonly string[]) => `static int ${n}(int p)\n{\n${body.join('\n')}\n}`;

export const dialects: readonly Dialect[] = [
  {
    language: 'TypeScript',
    extension: 'ts',
    ...script,
    calls: [...script.calls, (n) => `(${n} as any)(7);`, (n) => `(<any>obj.${n})(8);`, (n) => `new (${n} as any)(9);`],
  },
  { language: 'JavaScript', extension: 'js', ...script },
  {
    language: 'TSX',
    extension: 'tsx',
    ...script,
    uses: [...script.uses, (n) => `const e = <div title={${n}}>text</div>;`],
  },
  {
    language: 'Python',
    extension: 'py',
    calls: [
      (n) => `${n}(1)`,
      (n) => `x = obj.${n}(2)`,
      (n) => `print(f"a {${n}(3)} b")`,
      (n) => `y = [${n}(z) for z in q]`,
      (n) => `v = [*${n}(4)]`,
    ],
    uses: [(n) => `w = ${n}`, (n) => `obj.${n} = 1`, (n) => `map(${n}, q)`],
    distractions: [(n) => `# ${n}(1)`, (n) => `log("${n}(2)")`, (n) => `log('''${n}(3)''')`, (n) => `my_${n}(4)`],
    define: (n, body) => `def ${n}(p):\n${['pass', ...body].map((line) => `    ${line}`).join('\n')}`,
    file: join,
  },
  {
    language: 'Go',
    extension: 'go',
    calls: [
      (n) => `${n}(1)`,
      (n) => `a := obj.${n}(2)`,
      (n) => `go ${n}(3)`,
      (n) => `defer pkg.${n}()`,
      (n) => `go func() { ${n}(4) }()`,
    ],
    uses: [(n) => `b := ${n}`, (n) => `take(${n})`, (n) => `obj.${n} = 1`],
    distractions: [...slashes, (n) => `log("${n}(1)")`, (n) => `log(\`${n}(2)\`)`],
    define: (n, body) => `func ${n}(p int) int {\n${body.join('\n')}\nreturn 1\n}`,
    file: (functions) => `package main\n\n${join(functions)}`,
  },
  {
    language: 'Rust',
    extension: 'rs',
    calls: [
      (n) => `${n}(1);`,
      (n) => `let a = obj.${n}(2);`,
      (n) => `m::${n}(3);`,
      (n) => `println!("{}", ${n}(4));`,
      (n) => `${n}::<i32>(5);`,
      (n) => `${n}!(6);`,
      (n) => `(self.${n})(7);`,
      (n) => `(*${n})(8);`,
      (n) => `assert_eq!(${n}::<i32>(9), 1);`,
    ],
    uses: [
      (n) => `let b = ${n};`,
      (n) => `take(${n});`,
      (n) => `obj.${n} = 1;`,
      (n) => `#[cfg(all(unix, ${n}(test)))]`,
    ],
    distractions: [...slashes, (n) => `log("${n}(1)");`, (n) => `log(r#"${n}(2)"#);`],
    define: (n, body) => `fn ${n}(p: i32) -> i32 {\n${body.join('\n')}\n1\n}`,
    file: join,
  },
  {
    language: 'Java',
    extension: 'java',
    calls: [
      (n) => `${n}(1);`,
      (n) => `int a = this.${n}(2);`,
      (n) => `new ${n}(3);`,
      (n) => `run(() -> obj.${n}(4));`,
      (n) => `new ${n}<String>();`,
    ],
    uses: [(n) => `take(Holder::${n});`, (n) => `this.${n} = 1;`, (n) => `int b = ${n};`],
    distractions: [...slashes, quoted],
    define: (n, body) => `int ${n}(int p) {\n${body.join('\n')}\n}`,
    file: inClass,
  },
  {
    language: 'C',
    extension: 'c',
    calls: [...cCalls, (n) => `return (*${n})(5);`],
    uses: cUses,
    distractions: [...slashes, quoted],
    define: cDefine,
    file: join,
  },
  {
    language: 'C++',
    extension: 'cpp',
    calls: [
      ...cCalls,
      (n) => `ns::${n}(6);`,
      (n) => `${n}<int>(7);`,
      (n) => `obj.${n}<int>(8);`,
      (n) => `new ${n}(9);`,
      (n) => `this->Base::${n}(2);`,
      (n) => `auto m = ns::${n}{3};`,
      (n) => `auto l = [&] { return ${n}(1); };`,
    ],
    uses: cUses,
    distractions: [...slashes, quoted, (n) => `log(R"(${n}(2))");`],
    define: cDefine,
    file: join,
  },
  {
    language: 'C#',
    extension: 'cs',
    calls: [
      (n) => `${n}(1);`,
      (n) => `var a = this.${n}(2);`,
      (n) => `new ${n}(3);`,
      (n) => `obj?.${n}(4);`,
      (n) => `Log($"x {${n}(5)}");`,
      (n) => `${n}<int>(6);`,
      (n) => `obj?.${n}!(7);`,
    ],
    uses: [(n) => `take(${n});`, (n) => `this.${n} = 1;`, (n) => `Action b = ${n};`],
    distractions: [...slashes, quoted, (n) => `log(@"${n}(2)");`],
    define: (n, body) => `int ${n}(int p) {\n${body.join('\n')}\nreturn 1;\n}`,
    file: inClass,
  },
  {
    language: 'Ruby',
    extension: 'rb',
    calls: [
      (n) => `${n}(1)`,
      (n) => `obj.${n} 2`,
      (n) => n,
      (n) => `puts "a #{${n}(3)}"`,
      (n) => `list.each { |x| ${n} x }`,
      (n) => `obj&.${n}`,
    ],
    uses: [(n) => `send(:${n})`, (n) => `take(${n}: 1)`],
    distractions: [
      (n) => `# ${n}(1)`,
      (n) => `log("${n}(2)")`,
      (n) => `log('#{${n}(3)}')`,
      (n) => `my_${n}(4)`,
      (n) => `${n}?`,
    ],
    define: (n, body) => `def ${n}(p)\n${body.join('\n')}\nend`,
    file: join,
  },
  {
    language: 'PHP',
    extension: 'php',
    calls: [
      (n) => `${n}(1);`,
      (n) => `$a = $obj->${n}(2);`,
      (n) => `Holder::${n}(3);`,
      (n) => `new ${n}(4);`,
      (n) => `echo "x {$obj->${n}(5)}";`,
      (n) => `\\ns\\${n}(6);`,
      (n) => `namespace\\${n}(7);`,
      (n) => `($this->${n})(8);`,
    ],
    uses: [(n) => `$obj->${n} = 1;`, (n) => `take(${n}::class);`, (n) => `$b = Holder::${n};`],
    distractions: [...slashes, quoted, (n) => `# ${n}(7)`, (n) => `log('${n}(8)');`],
    define: (n, body) => `function ${n}($p) {\n${body.join('\n')}\n}`,
    file: (functions) => `<?php\n${join(functions)}`,
  },
];

/** One line of a function: what it is, and in which of the dialect's ways it is written. */
const statement = fc.record({
  kind: fc.constantFrom('calls', 'uses', 'distractions'),
  variant: fc.nat(99),
  about: fc.constantFrom('target', 'other'),
});
const plan = fc.array(fc.array(fc.array(statement, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 4,
});

/** For every dialect, files of functions of statements. */
export const repositoryPlan = fc.tuple(...dialects.map(() => plan));

type Plan = Parameters<Parameters<typeof repositoryPlan.map>[0]>[0];

export interface Expected {
  readonly calls: readonly string[];
  readonly references: readonly string[];
}

/** The plan written out, and where (`path:line`, once for each occurrence) `target` is called and named. */
export function writeRepository(
  plans: Plan,
  target: string,
): { readonly files: Record<string, string>; readonly expected: Expected } {
  const files: Record<string, string> = {};
  const calls: string[] = [];
  const references: string[] = [];
  dialects.forEach((dialect, at) => {
    plans[at]?.forEach((functions, number) => {
      const path = `${dialect.extension}/file${number}.${dialect.extension}`;
      const marks: { readonly text: string; readonly kind: string }[] = [];
      const bodies = functions.map((statements, index) => {
        const lines = statements.map(({ kind, variant, about }) => {
          const ways = dialect[kind];
          const text = ways[variant % ways.length]?.(about === 'target' ? target : 'unrelated') ?? '';
          if (about === 'target' && kind !== 'distractions') marks.push({ text, kind });
          return text;
        });
        return dialect.define(number === 0 && index === 0 ? target : `fn${number}_${index}`, lines);
      });
      const text = dialect.file(bodies);
      files[path] = text;
      text.split('\n').forEach((line, index) => {
        const place = `${path}:${index + 1}`;
        const mark = marks.find((each) => each.text === line.trim());
        if (mark?.kind === 'calls') calls.push(place);
        if (mark !== undefined) references.push(place);
      });
      if (number === 0) references.push(`${path}:${definitionLine(text, dialect, target)}`);
    });
  });
  return { files, expected: { calls: calls.toSorted(), references: references.toSorted() } };
}

/** The line of the first function, which is the one that defines the target. */
function definitionLine(text: string, { define }: Dialect, target: string): number {
  const [head = ''] = define(target, []).split('\n');
  return text.split('\n').indexOf(head) + 1;
}
