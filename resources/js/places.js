import { typeAgain, typedIn } from './drafts.js'
import { speak } from './speak.js'

/**
 * Where the focus, and screen readers, continue after htmx brought something new: a browser starts a page at its top
 * and reads its title, but htmx leaves the focus nowhere and announces nothing. If the same page came back, it
 * continues where it was; otherwise with the notice, or the heading.
 */
const REACHED =
  'a[href], button:not(:disabled), summary, select, textarea, input:not([type="hidden"])'
const SCOPE = '[id], nav[aria-label]'
/** Notices about what was done; other notices belong to their page. */
const TOLD = ':is(#flash, [data-told]) > .flash'

/** What had the focus, and what was typed, when each page was left, for going back to it. */
const left = new Map()
/** What was there before each swap. */
const before = new WeakMap()
let shown = address()
/** The page being put in place: someone who goes back before it is ready is elsewhere by then. */
let coming
/** What is shown says why a form was refused, such as two versions: going back leads to the form. */
let isAside

document.addEventListener('htmx:before:swap', ({ detail: { ctx } }) => {
  const focused = focusedNow()
  const main = document.getElementById('main')
  const place = focused && placeOf(focused)
  const all = typedIn(main)
  before.set(ctx, { main, place, all, sent: ctx.sourceElement, status: statusIn(ctx) })
  coming = address()
})

document.addEventListener('htmx:after:history:update', () => (coming = address()))

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (!before.has(ctx)) return
  const { main, place, all, sent, status } = before.get(ctx)
  const isWhole = !main?.isConnected
  const isSame = pathOf(shown) === pathOf(coming)
  // A form that was sent is finished, or comes back with what it contained.
  const typed = all.filter(({ form }) => form !== sent)
  const isRejected = ctx.response?.status >= 400
  if (isWhole) {
    if (!isAside) left.set(shown, { place, typed: isRejected ? all : typed })
    else if (sent.method === 'post' && !isRejected) left.delete(shown)
    isAside = isRejected
  }
  const known = isRestored(ctx) ? left.get(coming) : isSame && { place, typed }
  if (known && isWhole) typeAgain(known.typed)
  const told = document.querySelector(`${TOLD}[role="status"]:not([aria-live])`)
  if (!focusedNow() && (isWhole || place)) {
    focus(refused() ?? counterpart(known?.place) ?? beginning())
  }
  shown = coming
  if (told) tell(told)
  else if (!isWhole) sayWhatCame(ctx, { place, status })
})

/** A whole document may bring a notice, as after a form that htmx does not send. */
const arrived = document.querySelector(`${TOLD}[role="status"]`)
if (arrived && !document.querySelector('[autofocus]')) setTimeout(() => tell(arrived), 1000)

function isRestored({ request }) {
  return Boolean(request?.headers?.['HX-History-Restore-Request'])
}

function pathOf(place) {
  return place.split('?')[0]
}

function address() {
  return location.pathname + location.search
}

function focusedNow() {
  const { activeElement, body } = document
  return activeElement === body ? null : activeElement
}

/** An element and its ancestors, from the inside out, in a form that can be found again in another document. */
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

/** The address of a form with one button: the form that undoes something takes the place of the one that did it. */
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

/**
 * The first refused field, which is read with its error; if all errors are above the form, the summary gets the focus.
 */
function refused() {
  return document.querySelector('.field--invalid :is(input:not([type="hidden"]), select, textarea)')
}

function beginning() {
  const anchor = location.hash && document.getElementById(location.hash.slice(1))
  const main = document.getElementById('main')
  return anchor || document.querySelector(TOLD) || main.querySelector('h1') || main
}

/** The page stays where a mouse left it; keyboard users see where they are. */
function focus(element) {
  if (!element.matches(REACHED)) element.tabIndex = -1
  element.focus({ preventScroll: true })
  if (element.matches(':focus-visible')) element.scrollIntoView({ block: 'nearest' })
}

/** Once: what has the focus is read, and some screen readers also read a status that arrives with its text. */
function tell(told) {
  told.ariaLive = 'off'
  if (document.activeElement !== told) say(told.querySelector('p'))
}

/** Its new state if it reloads itself, if that has changed; otherwise how many items a list has. */
function sayWhatCame(ctx, { place, status }) {
  const now = statusIn(ctx)
  if (now && now.element !== status?.element) {
    now.element.ariaLive = 'off'
    if (now.words !== status?.words) say(now.element)
  } else if (place && !now && !focusedNow()?.closest('tr')) say(countIn(targetOf(ctx)))
}

function statusIn(ctx) {
  const element = targetOf(ctx)?.querySelector('[role="status"]')
  return element && { element, words: element.textContent }
}

/** What was swapped continues under its id. */
function targetOf({ target }) {
  return document.getElementById(target?.id)
}

function countIn(list) {
  return list?.querySelector('.pagination > span, .empty h2')
}

function say(element) {
  if (element) speak(element.textContent)
}
