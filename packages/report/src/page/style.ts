/** The look of a report: light and dark, wide, narrow and on paper; contrasts are at least those of WCAG 2.2 AA. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #555d66; --paper: #fff; --card: #f5f6f8; --line: #d5d9de;
  --float: #5b6b7b; --integer: #0b6bcb; --warn: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #aab2bb; --paper: #15181c; --card: #1f242a;
  --line: #3a424b; --float: #9fb0c0; --integer: #6cb2ff; --warn: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
p, ul { margin: 0 0 1rem; overflow-wrap: anywhere; }
.soft, footer, figcaption { color: var(--soft); font-size: .875rem; }
.verdict { font-size: 1.15rem; margin: .75rem 0 1.25rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.card { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; break-inside: avoid; }
.card b { display: block; font-size: 1.4rem; line-height: 1.3; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 1.25rem; break-inside: avoid; }
svg { max-width: 100%; height: auto; }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; }
.plots { grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.pictures { grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
.pictures img { width: 100%; image-rendering: pixelated; border-radius: .25rem; }
pre { background: var(--card); border-radius: .5rem; padding: 1rem; overflow-x: auto; font-size: .8rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
a { color: var(--integer); }
footer { padding-bottom: 2rem; }
@media print { nav { display: none; } body { font-size: 11pt; } h2 { break-after: avoid; } }
`
