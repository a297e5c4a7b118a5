import { on } from './on.js'
import { speak } from './speak.js'

/**
 * Offers names after an @ in a field that says where to look them up: a list beneath it, navigable with arrow keys.
 * Without JavaScript a name is typed in full.
 */
const FIELD = 'textarea[data-mentions]'
const TYPED = /(?<![\p{L}\p{N}@])@([\p{L}\p{N}.’' -]{0,40})$/u
const WAIT = 120

const list = document.createElement('ul')
list.id = list.className = 'mentions'
list.role = 'listbox'
list.ariaLabel = 'People to tell'

/** The field above the list, and which of its options is selected. */
let field
let chosen

let waiting
/** Where, and after which text, no one was left to offer: with more text there is no one either. */
let spent

on('input', ({ target }) => {
  if (!target.matches?.(FIELD)) return
  clearTimeout(waiting)
  waiting = setTimeout(offer, WAIT, target)
})
on('focusout', close)
on('keydown', (event) => {
  const act = event.target === field && !event.isComposing && KEYS[event.key]
  if (!act) return
  event.preventDefault()
  act()
})
list.addEventListener('mousedown', (event) => {
  event.preventDefault()
  const option = event.target.closest('li')
  if (option && event.button === 0) take(option)
})

const KEYS = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Enter: () => take(list.children[chosen]),
  Escape: () => {
    spent = typedIn(field)
    close()
  },
}

function typedIn({ value, selectionStart, selectionEnd }) {
  const found = selectionStart === selectionEnd && value.slice(0, selectionStart).match(TYPED)
  return found && { at: found.index, words: found[1] }
}

async function offer(target) {
  const typed = typedIn(target)
  if (!typed || isSpent(typed)) return close()
  try {
    const address = `${target.dataset.mentions}?q=${encodeURIComponent(typed.words)}`
    const { people } = await (await fetch(address)).json()
    // A late answer is about what was typed before.
    if (typedIn(target)?.words !== typed.words || document.activeElement !== target) return
    close()
    if (people.length > 0) show(target, people)
    else spent = typed
  } catch {
    close()
  }
}

function isSpent({ at, words }) {
  return at === spent?.at && words.startsWith(spent.words)
}

function show(target, people) {
  field = target
  field.after(list)
  list.replaceChildren(...people.map(optionOf))
  field.setAttribute('aria-autocomplete', 'list')
  field.setAttribute('aria-haspopup', 'listbox')
  field.setAttribute('aria-controls', list.id)
  choose(0)
  const count = people.length === 1 ? 'One name' : `${people.length} names`
  speak(`${count} to choose from: Enter takes it, Escape leaves it.`)
}

function optionOf(textContent, index) {
  const option = document.createElement('li')
  return Object.assign(option, { id: `mentions-${index}`, role: 'option', textContent })
}

function choose(index) {
  const options = [...list.children]
  chosen = (index + options.length) % options.length
  for (const [at, option] of options.entries()) option.ariaSelected = String(at === chosen)
  field.setAttribute('aria-activedescendant', options[chosen].id)
}

function take({ textContent: name }) {
  const typed = typedIn(field)
  if (typed) {
    spent = { at: typed.at, words: `${name} ` }
    field.setRangeText(`@${spent.words}`, typed.at, field.selectionStart, 'end')
  }
  close()
}

function close() {
  field?.removeAttribute('aria-activedescendant')
  field = undefined
  list.remove()
}
