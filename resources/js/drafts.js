/**
 * What was typed into the forms of a page that is left, kept for whoever goes back to it. Browsers do so for pages that
 * they load themselves; what htmx loads into this one they forget. It is kept in this document alone.
 */
const FIELDS = 'form[method="post"] :is(input, select, textarea)[name]'
const NOT_TYPED = ['hidden', 'file', 'password']

/** The fields that say something else than they do at first; of a refused form all, which shows what was typed. */
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
 * Puts them into the same places of the same forms. After a while elsewhere the record may be another's by now: the
 * version that was open goes along, by which both are shown.
 */
export function typeAgain(fields, isBack) {
  for (const field of fields) {
    const form = [...document.forms].find(({ action }) => action === field.form.action)
    const place = form?.elements[[...field.form.elements].indexOf(field)]
    if (place?.name !== field.name) continue
    place.value = field.value
    place.checked = field.checked
    const version = isBack && form.elements.lock_version
    if (version) version.value = field.form.elements.lock_version.value
  }
}
