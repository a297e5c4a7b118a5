import { on } from './on.js'

/** Opens a dialog when something was loaded into it. Without JavaScript its link leads to a page. */
on('htmx:after:swap', ({ detail: { ctx } }) => {
  if (ctx.target.matches?.('[popover]:not(:popover-open)')) ctx.target.showPopover()
})

/**
 * A question over the page keeps the focus until it is answered. Without JavaScript it is a popover, which does not.
 */
on('click', (event) => {
  const dialog = event.target.closest?.('[popovertarget]')?.popoverTargetElement
  if (dialog?.localName !== 'dialog') return
  event.preventDefault()
  if (dialog.open) dialog.close()
  else dialog.showModal()
})
