/** Opens a window when something was fetched into it. Without script its link leads to a page. */
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const { target } = detail.ctx
  if (target.matches?.('[popover]:not(:popover-open)')) target.showPopover()
})

const WINDOW = '[popover][role="dialog"]'
const STOPS =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, [tabindex="0"]'

/** A window that was opened has the focus; the platform gives it back to its button in the end. */
document.addEventListener(
  'toggle',
  ({ target, newState }) => {
    if (newState !== 'open' || !target.matches(WINDOW)) return
    target.setAttribute('aria-modal', 'true')
    if (!target.contains(document.activeElement)) stopsIn(target)[0]?.focus()
  },
  true
)

/** What lies behind its backdrop cannot be clicked, and so the keyboard does not get there either. */
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Tab' && document.querySelector(`${WINDOW}:popover-open`)
  if (!open) return
  const stops = stopsIn(open)
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]]
  const { activeElement } = document
  if (!to || (open.contains(activeElement) && activeElement !== from)) return
  event.preventDefault()
  to.focus()
})

function stopsIn(open) {
  return [...open.querySelectorAll(STOPS)].filter((one) => !one.disabled && one.checkVisibility())
}
