const open = () => document.querySelectorAll('.menu[open]')

function leave(menu) {
  menu.open = false
  menu.querySelector('summary').focus()
}

/** Escape leaves an open menu for what opened it. Without script the menu closes as it opened. */
document.addEventListener('keydown', ({ key, target }) => {
  const menu = key === 'Escape' && target.closest?.('.menu[open]')
  if (!menu) return
  leave(menu)
})

/** A menu does not stay over the page for whoever went on elsewhere. */
for (const going of ['click', 'focusin']) {
  document.addEventListener(going, ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false
  })
}

/** What a menu was asked for is on its way; where its card moves, the keyboard goes along and is seen. */
document.addEventListener('submit', ({ target }) => {
  const menu = target.closest('.menu[open]')
  if (!menu) return
  leave(menu)
})
document.addEventListener('htmx:after:swap', () => {
  const { activeElement } = document
  if (activeElement?.matches('.board__move > summary:focus-visible'))
    activeElement.scrollIntoView({ block: 'center' })
})
