import { on } from './on.js'

/** Says so where the page is when a request that htmx made brought no answer: without it nothing would happen. */
on('htmx:error', ({ detail: { ctx } }) => {
  if (!ctx || ctx.response) return
  document.querySelector('.flash--unreachable')?.remove()
  const place = document.getElementById('flash') ?? document.getElementById('main')
  place.prepend(document.getElementById('unreachable').content.cloneNode(true))
  place.firstElementChild.scrollIntoView({ block: 'nearest' })
})
