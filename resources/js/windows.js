/** Opens a window when something was fetched into it. Without script its link leads to a page. */
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const { target } = detail.ctx
  if (target.matches?.('[popover]:not(:popover-open)')) target.showPopover()
})

/** A question over the page keeps the keyboard until it is answered. Without script it is a popover, which does not. */
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('button[popovertarget]')
  const dialog = button && document.getElementById(button.getAttribute('popovertarget'))
  if (dialog?.localName !== 'dialog') return
  event.preventDefault()
  if (dialog.open) dialog.close()
  else dialog.showModal()
})
