import { type Markup, trusted } from './markup.js';

/** How the page looks on screen and on paper: A4 across, table headers on every page, the demo mark on every page. */
export function pageStyle(demo: boolean): Markup {
  return trusted(`@page {
  size: A4 landscape;
  margin: 14mm 10mm 13mm;
  @bottom-right { content: "第 " counter(page) " 页,共 " counter(pages) " 页"; font-size: 8pt; color: #444; }
${demo ? '  @top-center { content: "演示数据 · DEMO"; font-size: 9pt; color: #b00000; }\n' : ''}}
${RULES}`);
}

const RULES = `:root { color-scheme: light; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px; max-width: 1560px; background: #fff; color: #111;
  font: 13px/1.5 SimSun, "Songti SC", "Noto Serif CJK SC", "Noto Sans CJK SC", serif;
}
h1, h2, th { font-family: SimHei, "Heiti SC", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font-size: 24px; font-weight: 700; letter-spacing: 0.06em; }
h2 { margin: 22px 0 6px; font-size: 15px; break-after: avoid; }
header { text-align: center; }
header p { margin: 4px 0 0; }
.en { font: 0.82em/1.3 "Noto Sans", Arial, sans-serif; color: #555; letter-spacing: 0; }
h1 .en, header p .en, th .en { display: block; }
.unit { float: right; font: 12px SimSun, "Songti SC", "Noto Serif CJK SC", serif; }
.warning {
  margin: 0 0 12px; padding: 6px 10px; border: 2px solid #b00000; color: #b00000; text-align: center; font-weight: 700;
}
.warning .en { color: #b00000; }
section { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 1px solid #666; padding: 3px 5px; }
th { background: #ededed; font-weight: 600; text-align: center; vertical-align: middle; }
th .en { font-weight: 400; }
td .en { display: block; }
#accounts td:nth-child(2) { min-width: 9em; }
#villages td:first-child, #townships td:first-child { white-space: nowrap; }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.red, .red a { color: #c00000; }
.total td { font-weight: 700; background: #fafafa; }
a { color: inherit; text-decoration: none; }
a:hover, a:focus { text-decoration: underline; }
.note { margin: 4px 0 0; font-size: 12px; }
.note .en, li .en { display: block; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; margin-top: 16px; }
figure { flex: 1 1 420px; margin: 0; border: 1px solid #999; padding: 8px; break-inside: avoid; }
figure:only-child { flex: 0 1 640px; margin: 0 auto; }
figcaption { margin-bottom: 4px; text-align: center; font-size: 12px; }
figure svg { display: block; width: 100%; height: auto; }
.signatures { display: flex; gap: 20px; margin: 26px 0 8px; break-inside: avoid; }
.signatures span { flex: 1; display: flex; align-items: flex-end; gap: 6px; white-space: nowrap; }
.signatures i { flex: 1; min-width: 40px; border-bottom: 1px solid #111; font-style: normal; text-align: center; }
ol { margin: 0; padding-left: 1.6em; }
li { margin-bottom: 4px; }
@media print {
  body { padding: 0; max-width: none; font-size: 9pt; }
  h1 { font-size: 17pt; }
  h2 { font-size: 11pt; margin-top: 10pt; }
  section { overflow: visible; }
  table { font-size: 7.2pt; }
  th, td { padding: 1.5pt 2.5pt; }
  .note, .unit, .warning { font-size: 8pt; }
  #accounts { break-before: page; }
  #villages { break-before: page; }
  .charts { flex-wrap: nowrap; margin-top: 8pt; }
  figure { padding: 3pt; }
  figure svg { height: 26mm; }
  .signatures { margin: 12pt 0 0; }
  a { color: inherit; }
}
`;
