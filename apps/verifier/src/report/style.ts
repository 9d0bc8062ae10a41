/**
 * The page's style sheet. Each condition has a pattern of its own, so that none is told by colour alone; all text reaches
 * a contrast of 4.5 on what it stands on, in light and in dark.
 */
export const STYLE = `
:root { color-scheme: light dark; --page: #ffffff; --raised: #f5f7f9; --line: #d0d7de; --text: #1b1f24; --muted: #565e68; --link: #0a58b0; --focus: #0a58b0;
  --complete: #3f8f82; --missing: #9a6700; --failed: #c4162a; --partial: #b34700; --stale: #b35900; --blocked: #7a3fd1; --differ: #a8107a; --later: #8c959f; --command: #eaeef2; }
@media (prefers-color-scheme: dark) { :root { --page: #0f1419; --raised: #1a2129; --line: #39434e; --text: #e7ecf1; --muted: #a3afbb; --link: #79b8ff; --focus: #79b8ff;
  --complete: #3d8d80; --missing: #e3b341; --failed: #ff6b6b; --partial: #ff9a57; --stale: #ffa657; --blocked: #bc9bff; --differ: #ff7ac6; --later: #77828d; --command: #262f39; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1.5rem 3rem; max-width: 120rem; background: var(--page); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
.with-day { scroll-padding-bottom: 58vh; } .with-day body { padding-bottom: 58vh; }
.nowrap { white-space: nowrap; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .25rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; } .muted { color: var(--muted); } .small { font-size: .8rem; } section { scroll-margin-top: 1rem; }
.totals { display: flex; flex-wrap: wrap; gap: .75rem; margin: .75rem 0; padding: 0; list-style: none; }
.totals li { padding: .4rem .8rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--raised); }
.totals b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
.verdict { font-weight: 600; }
.cause { border: 1px solid var(--line); border-left: 4px solid var(--failed); border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0; background: var(--raised); }
.cause h3 { margin: 0; }
.next { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75rem; }
.command { display: flex; align-items: start; gap: .5rem; margin: .3rem 0; }
code { font: .85rem/1.5 ui-monospace, monospace; background: var(--command); color: var(--text); padding: .15rem .45rem; border-radius: .3rem; overflow-wrap: anywhere; user-select: all; max-height: 7rem; overflow: auto; }
button { font: inherit; font-size: .85rem; color: var(--text); background: var(--raised); border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .6rem; min-height: 1.6rem; cursor: pointer; }
button:hover { border-color: var(--muted); } button:disabled { visibility: hidden; }
button.link { border: 0; background: none; color: var(--link); text-decoration: underline; padding: 0; min-height: 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 1.5rem 0 0; padding: 0; list-style: none; font-size: .85rem; }
.grid { overflow-x: auto; padding: 3px 3px 6px; }
.row { display: grid; grid-template-columns: 14.2rem repeat(var(--days), minmax(4px, 1fr)) 8.4rem; height: 19px; align-items: stretch; min-width: max-content; }
.row [role=rowheader] { grid-column: 1; font-size: .82rem; white-space: nowrap; position: sticky; left: 0; background: var(--page); padding-right: .5rem; z-index: 1; }
.row .coverage { font-size: .82rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.months { height: 1.2rem; font-size: .78rem; color: var(--muted); } .months span { white-space: nowrap; grid-row: 1; }
.months + .row { height: 25px; margin-bottom: 4px; } .months + .row [role=rowheader] { font-weight: 600; }
.readout { min-height: 2.9em; font-size: .85rem; color: var(--muted); margin: .1rem 0 .5rem; }
.cell { --c: var(--later); display: block; margin: 1.5px .5px; border-radius: 1px; cursor: pointer; forced-color-adjust: none; }
.legend .cell, .units .cell { display: inline-block; width: 11px; height: 15px; margin: 0 .25rem 0 0; vertical-align: -3px; cursor: default; }
.cell:hover { outline: 2px solid var(--muted); } .cell:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; position: relative; z-index: 2; }
.cell.opened { outline: 2px solid var(--text); outline-offset: 1px; position: relative; z-index: 2; }
.is-complete { background: var(--complete); }
.cell { border: 1.5px solid var(--missing); }
.cell.is-complete { border: 0; } .cell.is-missing { border-color: var(--missing); }
.cell.is-failed { border: 0; background: linear-gradient(var(--failed) 0 36%, transparent 36% 64%, var(--failed) 64%); }
.cell.is-partial { border-color: var(--partial); background: linear-gradient(transparent 50%, var(--partial) 50%); }
.cell.is-vanished { border-color: var(--failed); background: linear-gradient(var(--failed) 30%, transparent 30%); }
.cell.is-stale-by-input { border: 0; background: repeating-linear-gradient(135deg, var(--stale) 0 2.5px, transparent 2.5px 5px); }
.cell.is-stale-by-code { border: 0; background: repeating-linear-gradient(45deg, var(--stale) 0 2.5px, transparent 2.5px 5px); }
.cell.is-to-be-emptied { border-color: var(--stale); background: linear-gradient(transparent 38%, var(--stale) 38% 62%, transparent 62%); }
.cell.is-rows-differ { border: 0; background: linear-gradient(90deg, var(--differ) 0 50%, transparent 50%) 0 0 / 100% 50% no-repeat, linear-gradient(90deg, transparent 50%, var(--differ) 50%) 0 100% / 100% 50% no-repeat; }
.cell.is-blocked { border: 0; background: repeating-linear-gradient(var(--blocked) 0 2px, transparent 2px 4px); }
.cell.is-later { border: 0; background: linear-gradient(transparent 44%, var(--later) 44% 56%, transparent 56%); }
.scroll { overflow: auto; max-height: 24rem; border: 1px solid var(--line); border-radius: .4rem; }
#times ~ .scroll { max-height: none; }
.scroll > button { margin: .4rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; top: 0; background: var(--raised); white-space: nowrap; z-index: 1; }
tbody th { font-weight: 500; white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
[data-gaps] td:nth-child(-n+4) { white-space: nowrap; }
tr.chosen th, tr.chosen td { background: var(--command); } .phase { color: var(--muted); }
tr.chosen .phase { color: var(--text); }
details { margin: .5rem 0; } summary { cursor: pointer; font-weight: 600; } .error summary { font-weight: 400; }
#day { position: fixed; inset: auto 0 0 0; height: 54vh; background: var(--page); border-top: 3px solid var(--focus); z-index: 10; }
#day .content { height: 100%; overflow: auto; padding: .25rem 1.5rem 1.5rem; max-width: 120rem; margin: 0 auto; }
#day h2 { margin: .4rem 0 0; } #day h2:focus { outline: none; } #day h2:focus-visible { outline: 3px solid var(--focus); }
#day .scroll { max-height: none; } #day .units td { overflow-wrap: anywhere; } #day .units .why { min-width: 26rem; }
#day .keys { position: absolute; right: 1.5rem; top: .5rem; display: flex; gap: .4rem; z-index: 2; }
.games { font-size: .8rem; color: var(--muted); max-width: calc(100% - 16rem); } .games span { white-space: nowrap; margin-right: .6rem; }
@media (max-width: 40rem) { body { padding: .75rem; } .games { max-width: none; } }
@media print { #day { display: none; } }
`;
