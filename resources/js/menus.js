import { on } from './on.js'

/** Closes the open menu that this stands in, for what opened it. */
function leave({ target }) {
  const menu = target.closest?.('.menu[open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
}

/** Without script a menu closes as it opened. */
on('keydown', (event) => event.key === 'Escape' && leave(event))

/** What a menu was asked for is on its way; where its card moves, the keyboard goes along and is seen. */
on('submit', leave)
on('htmx:after:swap', () => {
  const card = document.querySelector('.board__move > summary:focus-visible')
  card?.scrollIntoView({ block: 'center' })
})

/** A menu does not stay over the page for whoever went on elsewhere. */
function closeOthers({ target }) {
  for (const menu of document.querySelectorAll('.menu[open]')) menu.open = menu.contains(target)
}
on('click', closeOthers)
on('focusin', closeOthers)
