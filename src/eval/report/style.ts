/** Colours that people with colour blindness tell apart (after Okabe and Ito), in a shade for each theme. */
const light = ['#6b6b6b', '#a65200', '#0b6fa8', '#00795a', '#a2427e', '#8a6d00', '#3b3bb3', '#b3261e'];
const dark = ['#b5b5b5', '#f0994d', '#5cb8f0', '#3fcf9f', '#e594c5', '#e8d04a', '#a9a9ff', '#ff8a80'];

const colours = (values: readonly string[]): string => values.map((value, at) => `--s${at}:${value}`).join(';');

const series = light.map((_, at) => `.s${at}{color:var(--s${at})}`).join('\n');

export const style = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1c1d21;--soft:#5a5d66;--line:#d9dbe1;--card:#f7f8fa;${colours(light)}}
@media (prefers-color-scheme:dark){:root{--paper:#16171b;--ink:#eceef3;--soft:#a4a8b4;--line:#363943;--card:#1e2026;${colours(dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:36px 24px 64px;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:24px}
header,section{grid-column:1/-1}
h1{font-size:30px;line-height:1.2;margin:0 0 8px;letter-spacing:-.02em}
h2{font-size:17px;margin:8px 0 10px}
.facts{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0;color:var(--soft)}
.facts b{color:var(--ink);font-weight:600;overflow-wrap:anywhere}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:6px 24px;margin:0;padding:0;color:var(--soft)}
.legend li{display:flex;gap:8px;align-items:center}
.legend b{color:var(--ink)}
.legend svg{flex:none}
figure{margin:0;padding:16px 16px 8px;background:var(--card);border:1px solid var(--line);border-radius:10px}
figcaption{font-weight:600;margin-bottom:8px}
.plot{display:block;width:100%;height:auto;overflow:visible}
.grid{stroke:var(--line);stroke-width:1}
.tick,.axis{fill:var(--soft);font-size:13px}
.series polyline{fill:none;stroke:currentcolor;stroke-width:2;stroke-linejoin:round}
.series .whisker{stroke:currentcolor;stroke-width:1.5;opacity:.45}
.series circle,.series polygon{fill:currentcolor;stroke:var(--card);stroke-width:1}
${series}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:10px}
.wide:focus-visible{outline:2px solid var(--s2);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:13.5px}
th,td{padding:7px 12px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
tbody tr:last-child>*{border-bottom:0}
th:first-child{text-align:left;position:sticky;left:0;background:var(--paper)}
thead th{color:var(--soft);font-weight:500}
tbody th{font-weight:600}
small{color:var(--soft);font-size:11.5px}
ul{margin:0;padding-left:20px}
@media (max-width:860px){main{grid-template-columns:minmax(0,1fr);padding:20px 14px 40px}}
@media print{main{display:block}figure,section{break-inside:avoid;margin-bottom:20px}}
`;
