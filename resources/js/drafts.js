/**
 * What was typed into the forms of a page that is left, kept for going back to it. Browsers do this for pages that they
 * load themselves, but not for what htmx loads. It is kept only in this document.
 */
const FIELDS = 'form[method="post"] :is(input, select, textarea)[name]'
const NOT_TYPED = ['hidden', 'file', 'password']

/** The fields that differ from their initial value; for a refused form all of them, because it shows what was typed. */
export function typedIn(main) {
  return [...(main?.querySelectorAll(FIELDS) ?? [])].filter(
    (field) => !NOT_TYPED.includes(field.type) && (isRefused(field) || isChanged(field))
  )
}

function isRefused({ form }) {
  return form.querySelector('.field--invalid')
}

function isChanged(field) {
  return initial(field) !== present(field)
}

function initial({ options, defaultValue, defaultChecked }) {
  return options
    ? [...options].map((one) => one.defaultSelected).join()
    : defaultValue + defaultChecked
}

function present({ options, value, checked }) {
  return options ? [...options].map((one) => one.selected).join() : value + checked
}

/**
 * Puts them back into the same places of the same forms. If a form shows another record than before, someone has changed
 * it meanwhile: with the version that was open, what both wrote is shown instead of the last word passing over the other.
 */
export function typeAgain(fields) {
  for (const field of fields) {
    const was = field.form
    const at = [...was].indexOf(field)
    const form = [...document.forms].find((one) => isSame(one, was) && one[at]?.name === field.name)
    if (!form) continue
    form[at].value = field.value
    form[at].checked = field.checked
    const { lock_version: version } = form.elements
    if (version && initially(form) !== initially(was)) {
      version.value = was.elements.lock_version.value
    }
  }
}

/** At the same address of another organisation is another form. */
function isSame(one, other) {
  return one.action === other.action && organisationOf(one) === organisationOf(other)
}

function organisationOf({ elements }) {
  return elements.organisation_id?.value
}

function initially(form) {
  return [...form]
    .filter(({ type }) => type !== 'hidden')
    .map(initial)
    .join()
}
