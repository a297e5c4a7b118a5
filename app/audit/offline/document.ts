import { createHash } from 'node:crypto'
import { STYLE } from '#audit/offline/style'

/** Modules by the names under which they import each other. */
type Sources = Record<string, string>

/**
 * The verifier as one page that a browser opens from disk. It contains its modules, and its own policy keeps it from
 * loading or sending anything.
 */
export function offlineDocument(sources: Sources) {
  const map = JSON.stringify({ imports: Object.fromEntries(Object.entries(sources).map(inline)) })
  const start = `import '#audit/offline/page'`
  const scripts = [map, start].map((text) => `'sha256-${base64Sha256(text)}'`).join(' ')
  const policy = `default-src 'none'; script-src ${scripts} data:; style-src 'sha256-${base64Sha256(STYLE)}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Verify a gate pack or an audit trail</title>
<style>${STYLE}</style>
<script type="importmap">${map}</script>
</head>
<body>
<main>
<h1>Verify a gate pack or an audit trail</h1>
<p>Choose the ZIP or its unpacked folder, or drop the ZIP on this page. The page reads it on this computer only: it loads nothing, sends nothing and works without a network.</p>
<form>
<label>The ZIP, or the audit.ndjson alone <input type="file" id="zip" accept=".zip,.ndjson,.gz"></label>
<label>Or its unpacked folder <input type="file" id="folder" webkitdirectory multiple></label>
<label class="wide" for="keys">Public keys of the organisation <small>Needed to check the signatures. Get them from the organisation, not from whoever gave you the files. Separate several with commas.</small></label>
<textarea class="wide" id="keys" rows="2" spellcheck="false" autocomplete="off"></textarea>
<label class="wide" for="seals">Seals that you noted earlier <small>Optional. They show that nothing was rewritten since. Enter each as its number, a colon and its hash.</small></label>
<textarea class="wide" id="seals" rows="1" spellcheck="false" autocomplete="off"></textarea>
<button class="wide" type="button" id="again">Check files</button>
</form>
<p id="status" role="status"></p>
<noscript><p>This page needs JavaScript, which is switched off here. Switch it on, or run verify-pack.mjs or verify-audit.mjs with Node.js.</p></noscript>
<div id="result"></div>
<section id="compare" hidden>
<h2>Compare another file</h2>
<p>To check whether a document you have is the one the deciders saw, choose it or drop it on this page.</p>
<label>Files <input type="file" id="other" multiple></label>
<div id="compared" role="status"></div>
</section>
</main>
<script type="module">${start}</script>
</body>
</html>
`
}

function inline([name, source]: [string, string]) {
  return [name, `data:text/javascript;base64,${Buffer.from(source, 'utf8').toString('base64')}`]
}

function base64Sha256(text: string) {
  return createHash('sha256').update(text).digest('base64')
}
