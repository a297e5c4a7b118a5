/** Says so where the page is when a request that htmx made brought no answer: without it nothing would happen. */
document.addEventListener('htmx:error', ({ detail }) => {
  if (!detail.ctx || detail.ctx.response) return
  const place = document.getElementById('flash') ?? document.getElementById('main')
  document.querySelector('.flash--unreachable')?.remove()
  place.prepend(document.getElementById('unreachable').content.cloneNode(true))
  place.firstElementChild.scrollIntoView({ block: 'nearest' })
})
