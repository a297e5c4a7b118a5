/**
 * While a form is on its way its buttons say so, and it is not sent again. They are not `disabled`, which would take
 * the place of the keyboard in the page away. That nothing is done twice is the server's part, by the key of the form.
 */
const PATIENCE = 10_000
const forms = new WeakMap()

function hold(form, isHeld) {
  for (const button of form.elements) {
    if (button.type !== 'submit') continue
    if (isHeld) button.setAttribute('aria-disabled', 'true')
    else button.removeAttribute('aria-disabled')
  }
  form.toggleAttribute('data-sent', isHeld)
}

/** A form that stays in the page after it took effect is another one from here on. */
function renewKey(form) {
  const key = form.elements._once
  if (key)
    key.value = Array.from(crypto.getRandomValues(new Uint32Array(6)), (n) => n.toString(36)).join(
      '-'
    )
}

/**
 * Forms that leave the page. One that fetches a file (`data-fetches`) does not, and the next file may be asked for at
 * once; one that was stopped may be sent again after a while.
 */
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.getAttribute('method') !== 'post') return
  if (form.hasAttribute('data-fetches')) return
  if (form.hasAttribute('data-sent')) return event.preventDefault()
  // The button that was pressed belongs to what is sent, and is read after this.
  setTimeout(() => hold(form, true))
  setTimeout(() => hold(form, false), PATIENCE)
})

/** Whoever goes back finds the page as it was, and may send its form anew. */
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) document.querySelectorAll('form[data-sent]').forEach((form) => hold(form, false))
})

document.addEventListener('htmx:before:request', ({ target, detail: { ctx } }) => {
  if (target.localName !== 'form' || ctx.request.method === 'GET') return
  forms.set(ctx, target)
  hold(target, true)
})

document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  const form = forms.get(ctx)
  if (form?.isConnected) renewKey(form)
})

document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const form = forms.get(ctx)
  if (form) hold(form, false)
})
