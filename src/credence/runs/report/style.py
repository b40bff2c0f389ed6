"""The style sheet of a report's page: light and dark, phone to desktop, and on paper."""

from credence.scoring.looks import PALETTE

RULES = """
:root { --fine: #1d6b52; --look: #8a5a00; --bad: #a3312a; --shade: 31 111 178 }
@media (prefers-color-scheme: dark) { :root { --fine: #63c7a4; --look: #e3b356; --bad: #f19088; --shade: 108 178 238 } }
* { box-sizing: border-box } body { margin: 0; padding: 1.6rem 1rem 4rem; background: var(--back); color: var(--ink); font: 16px/1.45 system-ui, sans-serif }
body > * { max-width: 72rem; margin-inline: auto } body > header { display: flex; flex-wrap: wrap; gap: .6rem 1.5rem; align-items: center; justify-content: space-between; margin-bottom: 1.2rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.35rem; margin: 2.4rem 0 .2rem } h3 { font-size: 1.05rem; margin: 0 0 .7rem }
p { margin: .3rem 0; max-width: 46rem; overflow-wrap: anywhere } .soft, small { color: var(--soft) } small { font-size: .85rem; font-weight: 400 } th small, td small { display: block }
.verdict { border-radius: 1.2rem; padding: .35rem 1rem; font-weight: 600; background: var(--paper); border: 1px solid currentColor }
.fine { color: var(--fine) } .look { color: var(--look) } .bad { color: var(--bad) } b.fine, b.look, b.bad { font-weight: 600; white-space: nowrap }
.panel { background: var(--paper); border-radius: 10px; padding: 1.2rem 1.3rem; box-shadow: 0 1px 3px #0003; min-width: 0; overflow-wrap: anywhere }
.panels { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; margin-top: 1rem; align-items: start } .panels > .whole { grid-column: 1 / -1 } .panels > .tall { grid-row: span 2; align-self: stretch; display: flex; flex-direction: column } .tall .histogram { flex: 1 0 auto; display: flex }
.reached { border-left: 5px solid var(--look) } .reached.held { border-color: var(--bad) } .panel ul { margin: .2rem 0; padding-left: 1.1rem }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1rem 0 0 } .tiles div { padding: .9rem 1.1rem } .tiles dt { color: var(--soft); font-size: .9rem }
.tiles dd { margin: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums } .tiles small { display: block; font-size: .85rem; line-height: 1.35 }
.wide { overflow-x: auto } table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums } caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
th { text-align: left; font-weight: 400; overflow-wrap: break-word } thead th { font-size: .82rem; color: var(--soft); font-weight: 600; vertical-align: bottom } th, td { padding: .4rem 0 .4rem .9rem; border-top: 1px solid var(--line); vertical-align: top }
thead th { border-top: 0 } th:first-child { padding-left: 0; min-width: 7rem } td, thead th + th { text-align: right } td { white-space: nowrap } thead th + th { white-space: nowrap } .pair { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; justify-content: space-between } .pair > div { flex: 1 1 14rem } .pair > b { flex: 0 0 12rem; font-weight: 600 } .pair > span { flex: 1 1 16rem } .matrix td small { color: inherit }
.matrix td { background: rgb(var(--shade) / var(--part)); border: 2px solid var(--paper); text-align: center; min-width: 3.6rem; padding: .4rem .3rem; line-height: 1.2 } .matrix thead th + th { text-align: center; padding: .4rem .3rem } .matrix td.same { outline: 1px solid var(--soft); outline-offset: -2px }
.answers > tbody > tr > th { min-width: 12rem } .answers > tbody > tr > td, .movers td { width: 1% } .answers > tbody > tr > td:nth-child(2) { white-space: normal; min-width: 8.5rem } .answers table { font-size: .9rem; margin-top: .3rem }
.histogram { position: relative; padding-bottom: 1.5rem } .histogram svg { display: block; width: 100%; height: auto; min-height: 13rem; border-bottom: 1px solid var(--soft) } .axis span { position: absolute; bottom: 0; font-size: .8rem; color: var(--soft); font-variant-numeric: tabular-nums }
svg .now { fill: var(--good) } svg .before { fill: none; stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke } svg .ground { stroke: var(--soft) } .spread { flex: none; overflow: visible }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .9rem; color: var(--soft); margin: .5rem 0 0 } .legend i { display: inline-block; width: .8rem; height: .8rem; background: var(--good); border-radius: 2px; margin-right: .4rem; vertical-align: -.05rem } .legend i.line { height: 0; border-top: 2px solid var(--ink); border-radius: 0; background: none; vertical-align: .25rem; width: 1.2rem }
summary { cursor: pointer; color: var(--soft); font-size: .85rem; padding: .2rem 0 } footer { margin-top: 2.5rem; font-size: .85rem; color: var(--soft) } footer p { max-width: 60rem }
:focus-visible { outline: 2px solid var(--good); outline-offset: 2px } time { white-space: nowrap }
@media (max-width: 48rem) { .panels { grid-template-columns: minmax(0, 1fr) } .panels > .tall { grid-row: auto } .panel { padding: 1rem } .tiles { grid-template-columns: 1fr 1fr; gap: .6rem } .tiles div { padding: .7rem .8rem } .tiles dd { font-size: 1.3rem } table { font-size: .9rem } th, td { padding-left: .5rem } th:first-child { min-width: 5.3rem; hyphens: auto } td b { display: block } .answers > tbody > tr > th { min-width: 8rem } .answers > tbody > tr > td:nth-child(2) { min-width: 5rem } .pair > b, .pair > span { flex-basis: 100% } }
@media print { body { background: none; padding: 0; font-size: 11pt } .panels { grid-template-columns: minmax(0, 1fr) } .panels > .tall { grid-row: auto } .panel { box-shadow: none; border: 1px solid #999; break-inside: avoid } .panel.long { break-inside: auto } tr { break-inside: avoid } .wide { overflow: visible } svg rect, .matrix td, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact } summary { display: none } details::details-content { content-visibility: visible; block-size: auto } }
"""  # noqa: E501 - a style sheet reads best a rule a line
STYLE = PALETTE + RULES
