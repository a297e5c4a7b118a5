import { on } from './on.js'

/**
 * While a form is on its way its buttons say so, and it is not sent again. They are not `disabled`, which would lose
 * the focus. The server makes sure that nothing is done twice, by the key of the form.
 */
function hold(form, isHeld) {
  form.toggleAttribute('data-sent', isHeld)
  for (const button of form.elements) {
    if (button.type === 'submit') button.ariaDisabled = isHeld ? 'true' : null
  }
}

/** One that was stopped can be sent again after a while. */
const PATIENCE = 10_000

/** Forms that leave the page. One that downloads a file does not, and the next file can be requested at once. */
on('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || !form.matches('[method="post"]:not([data-fetches])')) return
  if (form.matches('[data-sent]')) return event.preventDefault()
  // The clicked button belongs to the form data, which is read after this.
  setTimeout(hold, 0, form, true)
  setTimeout(hold, PATIENCE, form, false)
})

/** Someone who goes back finds the page as it was, and can send its form again. */
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const form of document.querySelectorAll('form[data-sent]')) hold(form, false)
})

/** The form that htmx sends, if it changes anything. */
function sentBy({ sourceElement, request }) {
  return sourceElement.localName === 'form' && request.method !== 'GET' ? sourceElement : null
}

on('htmx:before:request', ({ detail: { ctx } }) => {
  const form = sentBy(ctx)
  if (form) hold(form, true)
})

/** A form that stays in the page after it took effect is a new one from here on. */
on('htmx:after:swap', ({ detail: { ctx } }) => {
  const key = sentBy(ctx)?.elements._once
  if (key?.isConnected) key.value = crypto.getRandomValues(new Uint32Array(4)).join('-')
})

on('htmx:finally:request', ({ detail: { ctx } }) => {
  const form = sentBy(ctx)
  if (form) hold(form, false)
})
