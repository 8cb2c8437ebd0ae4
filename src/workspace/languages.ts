/** VS Code's language ids. Extensions without a dot, and whole file names, in lower case. */
const extensions = `
typescript: ts cts mts
typescriptreact: tsx
javascript: js cjs mjs es6
javascriptreact: jsx
json: json webmanifest geojson ipynb har
jsonc: jsonc code-workspace
json5: json5
jsonl: jsonl ndjson
python: py pyi pyw pyx pxd bzl
java: java
kotlin: kt kts
scala: scala sc sbt
groovy: groovy gradle gvy
clojure: clj cljs cljc edn
c: c
cpp: cpp cc cxx c++ h hh hpp hxx h++ inl ipp tpp ino
cuda-cpp: cu cuh
objective-c: m
objective-cpp: mm
csharp: cs csx cake
fsharp: fs fsi fsx
vb: vb bas vbs
go: go
rust: rs
swift: swift
dart: dart
zig: zig
nim: nim nims
d: d
v: v vsh
odin: odin
crystal: cr
ruby: rb rbx rjs gemspec rake ru erb
php: php php4 php5 phtml ctp
perl: pl pm pod t psgi
raku: raku rakumod p6 pl6
lua: lua luau
r: r rmd rprofile
julia: jl
matlab: mat
haskell: hs lhs
elm: elm
purescript: purs
ocaml: ml mli
elixir: ex exs
erlang: erl hrl
lisp: lisp lsp el cl
scheme: scm ss rkt
fortran: f f77 f90 f95 f03 f08 for
cobol: cob cbl
pascal: pas dpr pp
ada: adb ads
asm: asm s
solidity: sol
verilog: vh sv svh
vhdl: vhd vhdl
shellscript: sh bash zsh ksh fish bats ebuild
powershell: ps1 psm1 psd1
bat: bat cmd
sql: sql dsql
graphql: graphql gql
proto3: proto
thrift: thrift
html: html htm shtml xhtml
handlebars: handlebars hbs
pug: pug jade
jinja: j2 jinja jinja2
vue: vue
svelte: svelte
astro: astro
css: css
scss: scss
sass: sass
less: less
stylus: styl
xml: xml xsd xsl xslt svg csproj fsproj vbproj props targets plist storyboard xib wsdl pom
yaml: yaml yml
toml: toml
ini: ini
properties: properties cfg conf editorconfig
terraform: tf tfvars hcl
nix: nix
dockerfile: dockerfile containerfile
makefile: mak mk
cmake: cmake
markdown: md markdown mdown mkd mdx
restructuredtext: rst
asciidoc: adoc asciidoc
latex: tex ltx sty cls
bibtex: bib
diff: diff patch rej
log: log
csv: csv
tsv: tsv
wgsl: wgsl
hlsl: hlsl hlsli fx
glsl: glsl vert frag geom comp
tcl: tcl
vimscript: vim
`;

const fileNames = `
dockerfile: dockerfile containerfile
makefile: makefile gnumakefile ocamlmakefile
cmake: cmakelists.txt
ruby: gemfile rakefile podfile guardfile vagrantfile fastfile brewfile
groovy: jenkinsfile
python: sconstruct sconscript build build.bazel workspace snakefile
go.mod: go.mod
go.work: go.work
jsonc: tsconfig.json jsconfig.json .babelrc .eslintrc .jshintrc .swcrc
ignore: .gitignore .dockerignore .npmignore .eslintignore .prettierignore .vscodeignore
git-config: .gitconfig .gitmodules
git-attributes: .gitattributes
properties: .editorconfig .npmrc
toml: cargo.lock poetry.lock uv.lock pipfile
json: composer.lock .prettierrc
yaml: .clang-format .clang-tidy
xml: packages.config
shellscript: .bashrc .bash_profile .profile .zshrc gradlew configure pkgbuild
justfile: justfile
plaintext: license notice authors
`;

const byExtension = table(extensions);
const byName = table(fileNames);

/** @returns the language of a file by its name, `plaintext` when it says nothing. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const known = byName.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('dockerfile.')) return 'dockerfile';
  const dot = name.lastIndexOf('.');
  return (dot === -1 ? undefined : byExtension.get(name.slice(dot + 1))) ?? 'plaintext';
}

function table(text: string): ReadonlyMap<string, string> {
  const rows = text
    .trim()
    .split('\n')
    .map((row) => row.split(': '));
  return new Map(rows.flatMap(([id = '', names = '']) => names.split(' ').map((name) => [name, id] as const)));
}
