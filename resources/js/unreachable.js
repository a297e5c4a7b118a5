import { on } from './on.js'

/** Says in the page that a request by htmx got no answer: otherwise nothing would happen. */
function sayUnreachable() {
  document.querySelector('.flash--unreachable')?.remove()
  const place = document.getElementById('flash') ?? document.getElementById('main')
  place.prepend(document.getElementById('unreachable').content.cloneNode(true))
  place.firstElementChild.scrollIntoView({ block: 'nearest' })
}

on('htmx:error', ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) sayUnreachable()
})

/** What htmx may put into the page: pages and their parts, streams of them, and answers without any content. */
function isForPage({ status, headers }) {
  if (status === 204) return true
  const isFile = headers.get('content-disposition')?.startsWith('attachment')
  return !isFile && /^text\/(html|event-stream)\b/.test(headers.get('content-type'))
}

/**
 * htmx takes every answer for HTML, even a file to which someone's text links: markup in it would act as its reader. The
 * browser opens a file itself. Anything else comes from a server in between.
 */
on('htmx:before:response', (event) => {
  const { request, response, sourceElement } = event.detail.ctx
  if (isForPage(response)) return
  event.preventDefault()
  response.raw.body?.cancel()
  if (sourceElement.localName === 'a' && request.method === 'GET') location.assign(request.action)
  else sayUnreachable()
})
