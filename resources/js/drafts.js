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

function isChanged({ options, value, defaultValue, checked, defaultChecked }) {
  if (options) return [...options].some((one) => one.selected !== one.defaultSelected)
  return value !== defaultValue || checked !== defaultChecked
}

/**
 * Puts them back into the same places of the same forms. Someone else may have changed the record meanwhile, so the
 * version that was open is included, and both can be shown.
 */
export function typeAgain(fields, isBack) {
  for (const field of fields) {
    const form = [...document.forms].find((one) => isSame(one, field.form))
    const place = form?.elements[[...field.form.elements].indexOf(field)]
    if (place?.name !== field.name) continue
    place.value = field.value
    place.checked = field.checked
    const version = isBack && form.elements.lock_version
    if (version) version.value = field.form.elements.lock_version.value
  }
}

/** At the same address of another organisation is another form. */
function isSame(one, other) {
  return one.action === other.action && organisationOf(one) === organisationOf(other)
}

function organisationOf({ elements }) {
  return elements.organisation_id?.value
}
