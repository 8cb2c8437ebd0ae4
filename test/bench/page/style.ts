/** Colours hold at least 4.5 to 1 against their ground, in both themes. */
export const style = `
:root { --ground: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --less: #1a7f37; --more: #0969da; --missed: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --text: #e6edf3; --quiet: #9198a1; --line: #3d444d; --less: #3fb950; --more: #58a6ff; --missed: #ff7b72; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .5rem; text-transform: capitalize; }
.lead { max-width: 46rem; } .key, .notes, small { color: var(--quiet); }
.key { max-width: 46rem; font-size: .85rem; } .notes { font-size: .8rem; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--more); }
table { border-collapse: collapse; table-layout: fixed; width: 100%; min-width: 66rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: middle; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-size: .8rem; font-weight: 600; }
tbody th { font-weight: 400; } td, tbody th { white-space: normal; }
.figure { width: 25%; } .measured { width: 17%; } .against { width: 18%; } .ratio { width: 7.5rem; } .drawn { width: 12.5rem; }
td:nth-of-type(3), td:nth-of-type(5) { white-space: nowrap; }
.number { text-align: right; } small { font-size: .8rem; }
.met { color: var(--less); } .missed { color: var(--missed); font-weight: 600; }
svg { display: block; } .key svg { display: inline-block; vertical-align: middle; }
.axis { stroke: var(--quiet); } .limit { stroke: var(--missed); stroke-width: 2; }
.less { fill: var(--less); } .more { fill: var(--more); }
`;
