import { on } from './on.js'

/** Closes the open menu around this element, and returns to what opened it. */
function leave({ target }) {
  const menu = target.closest?.('.menu[open]')
  if (!menu) return
  menu.open = false
  menu.querySelector('summary').focus()
}

/** Without JavaScript a menu closes as it opened. */
on('keydown', (event) => event.key === 'Escape' && leave(event))

/** What was chosen in a menu is on its way; if its card moves, the focus moves with it and stays visible. */
on('submit', leave)
on('htmx:after:swap', () => {
  const card = document.querySelector('.board__move > summary:focus-visible')
  card?.scrollIntoView({ block: 'center' })
})

/** A menu closes when someone goes on elsewhere. */
function closeOthers({ target }) {
  for (const menu of document.querySelectorAll('.menu[open]')) menu.open = menu.contains(target)
}
on('click', closeOthers)
on('focusin', closeOthers)
