/** The page has to work alone, so its styles are written into it. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2330; --paper: #fff; --edge: #c3c9d4; --soft: #f3f5f8; --good: #0b6b3a; --bad: #b3141d; --accent: #1f4fa3 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaf0; --paper: #14181f; --edge: #3b4454; --soft: #1d232d; --good: #6fd49a; --bad: #ff9a94; --accent: #9cbcff } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.1rem; margin: 0 0 .5rem }
section { margin-top: 1.75rem }
form, .verdict { display: grid; gap: 1rem; padding: 1.25rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--soft) }
form { grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)) }
label { display: grid; gap: .25rem; font-weight: 600 }
label small { font-weight: 400 }
.wide { grid-column: 1 / -1 }
input, textarea, button { font: inherit; color: inherit; max-width: 100%; min-height: 2.5rem }
textarea { padding: .5rem; border: 1px solid var(--edge); border-radius: .25rem; background: var(--paper) }
button { justify-self: start; padding: .25rem 1rem; border: 1px solid var(--accent); border-radius: .25rem; color: var(--paper); background: var(--accent); font-weight: 600; cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.verdict { border-left-width: .4rem }
.verdict.good { border-color: var(--good) } .verdict.bad { border-color: var(--bad) }
.verdict h2, .verdict p { margin: 0 }
.good > h2, td.good, span.good { color: var(--good) } .bad > h2, td.bad, span.bad { color: var(--bad) }
ul { margin: 0; padding-left: 1.25rem; display: grid; gap: .25rem }
code, li { overflow-wrap: anywhere }
td code { white-space: nowrap; font-size: .75rem }
form > *, label > * { min-width: 0 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .875rem }
caption { text-align: left; padding-bottom: .5rem }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--edge) }
tbody th { font-weight: 400 } td.good, td.bad { white-space: nowrap } .number { text-align: right }
@media print { form, #compare { display: none } body { padding: 0 } }
`
