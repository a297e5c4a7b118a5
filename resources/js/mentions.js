/**
 * Offers names behind an @ in a field that says where to ask for them: a list beneath it that arrows walk through.
 * Without script a name is typed in full.
 */
const FIELD = 'textarea[data-mentions]'
const TYPED = /(?<![\p{L}\p{N}@])@([\p{L}\p{N}.’' -]{0,40})$/u
const WAIT = 120

let asking
let waiting
/** Where, and with what typed, nobody was left to offer: with more behind it there is nobody either. */
let spent

document.addEventListener('input', ({ target }) => {
  if (!target.matches?.(FIELD)) return
  clearTimeout(waiting)
  waiting = setTimeout(() => offer(target), WAIT)
})
document.addEventListener('focusout', ({ target }) => target.matches?.(FIELD) && close(target))
document.addEventListener('keydown', (event) => {
  const field = event.target
  if (!field.matches?.(FIELD) || !isOpen(field) || event.isComposing) return
  const act = KEYS[event.key]
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act(field)
})
document.addEventListener('mousedown', (event) => {
  const option = event.target.closest?.('.mentions [role="option"]')
  if (!option) return
  event.preventDefault()
  if (event.button === 0) take(option.closest('.mentions').previousElementSibling, option)
})

const KEYS = {
  ArrowDown: (field) => move(field, 1),
  ArrowUp: (field) => move(field, -1),
  Enter: (field) => take(field, chosen(field)),
  Escape: (field) => {
    spent = typedIn(field)
    close(field)
  },
}

function typedIn({ value, selectionStart, selectionEnd }) {
  if (selectionStart !== selectionEnd) return null
  const found = value.slice(0, selectionStart).match(TYPED)
  return found && { at: found.index, words: found[1] }
}

async function offer(field) {
  const typed = typedIn(field)
  asking?.abort()
  if (!typed || isSpent(typed)) return close(field)
  asking = new AbortController()
  try {
    const address = `${field.dataset.mentions}?q=${encodeURIComponent(typed.words)}`
    const { people } = await (await fetch(address, { signal: asking.signal })).json()
    if (typedIn(field)?.words !== typed.words || document.activeElement !== field) return
    if (people.length === 0) spent = typed
    show(field, people)
  } catch {
    close(field)
  }
}

function isSpent({ at, words }) {
  return at === spent?.at && words.startsWith(spent.words)
}

function show(field, people) {
  if (people.length === 0) return close(field)
  const place = placeOf(field) ?? prepare(field)
  const [list, status] = place.children
  list.replaceChildren(...people.map((name, index) => optionOf(`${list.id}-${index}`, name)))
  place.hidden = false
  choose(field, 0)
  status.textContent = `${people.length === 1 ? 'One name' : `${people.length} names`} to choose from: Enter takes it, Escape leaves it.`
}

function prepare(field) {
  const place = document.createElement('div')
  place.className = 'mentions'
  const list = document.createElement('ul')
  Object.assign(list, { id: `${field.id}-mentions`, role: 'listbox', ariaLabel: 'People to tell' })
  const status = document.createElement('p')
  Object.assign(status, { role: 'status', className: 'visually-hidden' })
  place.append(list, status)
  field.after(place)
  field.setAttribute('aria-autocomplete', 'list')
  field.setAttribute('aria-haspopup', 'listbox')
  field.setAttribute('aria-controls', list.id)
  return place
}

function optionOf(id, name) {
  const option = document.createElement('li')
  return Object.assign(option, { id, role: 'option', textContent: name })
}

function placeOf(field) {
  const next = field.nextElementSibling
  return next?.matches('.mentions') ? next : null
}

function isOpen(field) {
  return placeOf(field)?.hidden === false
}

function optionsOf(field) {
  return [...placeOf(field).firstElementChild.children]
}

function chosen(field) {
  return optionsOf(field).find(({ ariaSelected }) => ariaSelected === 'true')
}

function choose(field, index) {
  for (const [at, option] of optionsOf(field).entries()) option.ariaSelected = String(at === index)
  field.setAttribute('aria-activedescendant', chosen(field).id)
}

function move(field, by) {
  const options = optionsOf(field)
  choose(field, (options.indexOf(chosen(field)) + by + options.length) % options.length)
}

function take(field, { textContent: name }) {
  const { at } = typedIn(field)
  spent = { at, words: `${name} ` }
  field.setRangeText(`@${spent.words}`, at, field.selectionStart, 'end')
  close(field)
}

function close(field) {
  const place = placeOf(field)
  if (!place) return
  place.hidden = true
  place.lastElementChild.textContent = ''
  field.removeAttribute('aria-activedescendant')
}
