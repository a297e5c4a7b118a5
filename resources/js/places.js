import { speak } from './speak.js'

/**
 * Where the keyboard, and whoever listens, goes on after htmx brought something new: a browser begins a page at its top
 * and reads its title, htmx leaves the focus nowhere and says nothing. Where the same page came back it goes on where
 * it was; elsewhere with what is told, or the heading.
 */
const REACHED =
  'a[href], button:not(:disabled), summary, select, textarea, input:not([type="hidden"])'
const SCOPE = '[id], nav[aria-label]'
/** What became of what was done; other notices belong to their page. */
const TOLD = '#flash > .flash'

/** What had the focus when each page was left, for whoever goes back to it. */
const left = new Map()
let shown = address()
let isRestored = false
let before

document.addEventListener('htmx:before:history:restore', () => (isRestored = true))

document.addEventListener('htmx:before:swap', () => {
  const focused = focusedNow()
  before = { main: document.getElementById('main'), place: focused && placeOf(focused) }
})

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (!before) return
  const { main, place } = before
  before = undefined
  const isWhole = !main?.isConnected
  const isSame = shown.split('?')[0] === location.pathname
  if (isWhole) left.set(shown, place)
  const known = isRestored ? left.get(address()) : isSame && place
  const told = document.querySelector(`${TOLD}[role="status"]:not([aria-live])`)
  if (!focusedNow() && (isWhole || place)) focus(counterpart(known) ?? beginning())
  shown = address()
  isRestored = false
  if (told) tell(told)
  else if (!isWhole && place && !focusedNow()?.closest('tr'))
    say(countIn(document.getElementById(ctx.target?.id)))
})

function address() {
  return location.pathname + location.search
}

function focusedNow() {
  const { activeElement, body } = document
  return activeElement === body ? null : activeElement
}

/** An element, and what it stood in, from the inside out; the same can be found again in another document. */
function placeOf(element) {
  const scopes = []
  for (let scope = element; scope; scope = scope.parentElement?.closest(SCOPE)) {
    if (scope !== element) scopes.push(placeIn(scope, element))
  }
  return { id: element.id, label: labelOf(element), scopes }
}

function placeIn(scope, element) {
  const name = scope.id
    ? `#${CSS.escape(scope.id)}`
    : `nav[aria-label="${CSS.escape(scope.ariaLabel)}"]`
  const action = soleActionOf(element)
  return {
    name,
    action,
    nth: actingLike(scope, action).indexOf(element),
    row: rowsOf(scope).findLastIndex((row) => row.contains(element)),
  }
}

function counterpart(place) {
  if (!place) return null
  const same = place.id && document.getElementById(place.id)
  if (same) return same
  for (const scope of place.scopes) {
    const found = document.querySelector(scope.name)
    const next = found && (alike(found, place) ?? nearby(found, scope))
    if (next) return next
  }
  return null
}

function alike(found, { label }) {
  return reachedIn(found).find((element) => labelOf(element) === label)
}

/** What took its place in a list or section; in the page as a whole that would be chance. */
function nearby(found, { nth, action, row }) {
  if (row < 0 && !found.matches('li, tr, nav, search, section')) return null
  const rows = rowsOf(found)
  const within = rows[Math.min(row, rows.length - 1)] ?? found
  return actingLike(found, action)[nth] ?? reachedIn(within).find(({ type }) => type !== 'checkbox')
}

/** The address of a form with one button: what takes a thing back has the place of what did it. */
function soleActionOf({ form }) {
  return form?.querySelectorAll('button').length === 1 ? form.action.split('?')[0] : null
}

function actingLike(scope, action) {
  return action ? reachedIn(scope).filter((element) => soleActionOf(element) === action) : []
}

function rowsOf(scope) {
  return [...scope.querySelectorAll('li, tbody > tr')]
}

function reachedIn(scope) {
  return [...scope.querySelectorAll(REACHED)].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.flash')
  )
}

function labelOf(element) {
  const words = element.ariaLabel ?? element.textContent
  return `${element.localName} ${words.replace(/\s+/g, ' ').trim()}`
}

function beginning() {
  const anchor = location.hash && document.getElementById(location.hash.slice(1))
  const main = document.getElementById('main')
  return anchor || document.querySelector(TOLD) || main.querySelector('h1') || main
}

/** The page stays where a mouse left it; the keyboard sees where it is. */
function focus(element) {
  if (!element.matches(REACHED)) element.tabIndex = -1
  element.focus({ preventScroll: true })
  if (element.matches(':focus-visible')) element.scrollIntoView({ block: 'nearest' })
}

/** Once: what has the focus is read, and a status that comes with its words is read by some and not by others. */
function tell(told) {
  told.ariaLive = 'off'
  if (document.activeElement !== told) say(told.querySelector('p'))
}

function countIn(list) {
  return list?.querySelector('.pagination > span, .empty h2')
}

function say(element) {
  if (element) speak(element.textContent)
}
