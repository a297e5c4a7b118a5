/**
 * Tells our own server that a script failed: what kind of error, and where in our files. Neither its message
 * nor the page's address, which may hold what somebody wrote. Pages whose reader objected do not ask for it.
 */
const place = document.querySelector('meta[name="trouble"]')
let left = 3

/** The lines of a stack that stand in our files; the first line would be the message. */
function framesOf(error, script, line) {
  const stack = String(error?.stack ?? `${script}:${line}`).split('\n')
  return stack.filter((text) => text.includes('/assets/')).slice(0, 10)
}

function tell(error, script, line) {
  if (left-- <= 0) return
  const name = String(error?.name ?? 'Error').slice(0, 40)
  const trouble = {
    name,
    stack: framesOf(error, script, line).join('\n'),
    route: place.dataset.route,
  }
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(trouble)
  fetch(place.content, { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}

if (place) {
  addEventListener('error', ({ error, filename, lineno }) => tell(error, filename, lineno))
  addEventListener('unhandledrejection', ({ reason }) => tell(reason, location.origin, 0))
}
