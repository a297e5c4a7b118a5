import { on } from './on.js'

/** Says so in the page when a request by htmx got no answer: otherwise nothing would happen. */
on('htmx:error', ({ detail: { ctx } }) => {
  if (!ctx || ctx.response) return
  document.querySelector('.flash--unreachable')?.remove()
  const place = document.getElementById('flash') ?? document.getElementById('main')
  place.prepend(document.getElementById('unreachable').content.cloneNode(true))
  place.firstElementChild.scrollIntoView({ block: 'nearest' })
})
