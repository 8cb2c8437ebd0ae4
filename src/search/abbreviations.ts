import { stem } from './stem.ts';

/** What the trade writes short: first the short form, then the words it stands for. Keywords of languages are left out: they are everywhere. */
const table = `
addr: address | alloc: allocate allocation | ann: annotation | arg: argument | async: asynchronous | attr: attribute | auth: authentication
authenticate authorization | avg: average | buf: buffer | calc: calculate | cert: certificate | cfg: configuration config | cmd: command
col: column | cond: condition | conf: configuration | config: configuration configure | conn: connection connect | coord: coordinate
ctx: context | cur: current | curr: current | db: database | decl: declaration declare | del: delete | deps: dependency | desc: description
dest: destination | dev: development | dict: dictionary | diff: difference | dim: dimension | dir: directory | doc: document documentation
dst: destination | elem: element | enc: encode encoding | env: environment | err: error | eval: evaluate evaluation | evt: event
exec: execute execution | expr: expression | ext: extension | fmt: format | freq: frequency | gen: generate generator | grad: gradient
hdr: header | hist: history | idx: index | img: image | impl: implement implementation | info: information | init: initialize initialization
initialise | iter: iterate iterator iteration | lang: language | len: length | lib: library | max: maximum | mem: memory | meta: metadata
mgr: manager | min: minimum | msg: message | ms: millisecond | norm: normalize | num: number | obj: object | op: operation operator
opt: option | orig: original | param: parameter | perf: performance | perm: permission | pkg: package | pos: position | pred: prediction
predicate | prev: previous | prob: probability | proc: process | prop: property | ptr: pointer | pwd: password | rand: random | recv: receive
ref: reference | reg: register registry | regex: regular | rel: relative | repo: repository | repr: representation | req: request
res: response | resp: response | rm: remove | sched: scheduler schedule | sec: second | sel: select selection | seq: sequence
sig: signature | sim: simulate simulation | spec: specification | src: source | stat: statistic | std: standard | stmt: statement
sub: subscription | subst: substitute | sym: symbol | sync: synchronize synchronous | sys: system | tbl: table | temp: temporary
tmp: temporary | tok: token | trans: transform transaction | tz: timezone | usr: user | util: utility | val: value | vec: vector
ver: version | ws: websocket`;

const shortForms = new Map<string, string[]>();
for (const line of table.split('|')) {
  const [short = '', long = ''] = line.split(':');
  for (const word of long.trim().split(/\s+/)) {
    const known = shortForms.get(stem(word)) ?? [];
    shortForms.set(stem(word), [...known, stem(short.trim())]);
  }
}

/** Stems of how code abbreviates a word: `configur` → `config`, `cfg`, `conf`. @param word stemmed. */
export const abbreviationsOf = (word: string): readonly string[] => shortForms.get(word) ?? [];
