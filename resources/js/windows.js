/** Opens a window when something was fetched into it. Without script its link leads to a page. */
document.addEventListener('htmx:after:swap', ({ detail }) => {
  const { target } = detail.ctx
  if (target.matches?.('[popover]:not(:popover-open)')) target.showPopover()
})
