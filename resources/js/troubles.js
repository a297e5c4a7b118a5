/**
 * Reports to our own server that a script failed: the kind of error, and where in our files. Neither its message nor
 * the page's address, which may contain what someone wrote. Pages whose reader objected do not load it.
 */
const place = document.querySelector('meta[name="trouble"]')
let left = 3

function tell(error, where) {
  if (left-- <= 0) return
  const name = String(error?.name ?? 'Error').slice(0, 40)
  const trouble = { name, stack: ourLines(error?.stack ?? where), route: place.dataset.route }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(trouble)
  fetch(place.content, { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}

/** The lines of a stack that are in our files; the first line would be the message. */
function ourLines(stack) {
  const lines = String(stack).split('\n')
  return lines
    .filter((line) => line.includes('/assets/'))
    .slice(0, 10)
    .join('\n')
}

if (place) {
  addEventListener('error', ({ error, filename, lineno }) => tell(error, `${filename}:${lineno}`))
  addEventListener('unhandledrejection', ({ reason }) => tell(reason))
}
