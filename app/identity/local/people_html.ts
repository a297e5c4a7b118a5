import { createHash } from 'node:crypto'
import type { DemoPerson } from '#database/demo/people'

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#191f20,#e9eae7);--soft:light-dark(#5f6767,#98a09e);
--line:light-dark(#cfccc1,#3c4445);--accent:light-dark(#0b5a5e,#74c7c3);--surface:light-dark(#fffefc,#171b1c)}
*{box-sizing:border-box}
body{margin:0;padding:2rem 1rem;background:light-dark(#f5f4ef,#111415);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:auto}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1rem;margin:2rem 0 .5rem}
p{margin:0 0 1rem;color:var(--soft)}
ul{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:.5rem;overflow:clip;
background:var(--surface)}
li+li{border-top:1px solid var(--line)}
button{font:inherit;color:inherit;cursor:pointer}
li button{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;width:100%;
padding:.75rem 1rem;border:0;background:none;text-align:start}
li button:hover{text-decoration:underline}li span{color:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:-3px}
label{display:block;margin:.75rem 0 .25rem}
input{font:inherit;color:inherit;width:100%;padding:.5rem .75rem;border:1px solid var(--soft);
border-radius:.3rem;background:var(--surface)}
.submit{margin-top:1rem;padding:.6rem 1rem;border:0;border-radius:.3rem;background:var(--accent);
color:light-dark(#fff,#06282a)}
.problem{color:light-dark(#981b2c,#ff949b)}
`

export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`

/** The page listing the demo people. Works without JavaScript. */
export function renderPeople(state: { people: DemoPerson[]; action: string; problem?: string }) {
  const action = escape(state.action)
  const problem = state.problem
    ? `<p class="problem" role="alert">${escape(state.problem)}</p>`
    : ''
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who are you? · Local sign-in</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Who are you?</h1>
<p>This page replaces the identity provider while Orchestrate runs on your own machine. You do not need a password.</p>
<form method="post" action="${action}">
<ul>
${state.people.map(choice).join('\n')}
</ul>
</form>
<form method="post" action="${action}">
<h2>Someone else</h2>
${problem}
<label for="name">Name</label>
<input id="name" name="name" autocomplete="off" maxlength="200">
<label for="email">Email address</label>
<input id="email" name="email" type="email" autocomplete="off" maxlength="254" required>
<button class="submit">Sign in</button>
</form>
</main>
</body>
</html>
`
}

function choice({ name, email, title }: DemoPerson) {
  return `<li><button name="email" value="${escape(email)}">${escape(name)}<span>${escape(title)}</span></button></li>`
}

function escape(text: string) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
