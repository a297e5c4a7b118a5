type Props = { get(name: string): any }
type Flashed = { get(name: string, otherwise?: any): any } | null | undefined

/**
 * The errors of the form that was sent last, by field. Forms have a name where another on the page has a field of the
 * same name; given the name of one, the errors of others are left out.
 */
export function errorsOf(flashed: Flashed, form?: string): Record<string, string[]> {
  return (isSent(flashed, form) && flashed?.get('inputErrorsBag')) || {}
}

/** The name of the form that was sent last. */
export function sentForm(flashed: Flashed): string | undefined {
  return flashed?.get('_form') ?? undefined
}

/**
 * What each field of a form needs: its id, the error in what was typed, the ids of the notes that describe it, and its
 * value.
 */
export function fieldOf(props: Props, flashed: Flashed) {
  const name: string = props.get('name')
  const form: string | undefined = props.get('inForm')
  const id: string = props.get('id') || idOf(name, form)
  const messages: string[] | undefined = errorsOf(flashed, form)[name]
  const notes = [props.get('hint') && `${id}-hint`, messages && `${id}-error`]
  const describedBy = notes.filter(Boolean).join(' ')
  const given = props.get('value')
  const value = flashed && isSent(flashed, form) ? flashed.get(name, given) : given
  return { id, messages, describedBy, value }
}

/** Where a field is in its page, for the summary of errors to lead to. */
export function idOf(name: string, form?: string) {
  return form ? `${form}-${name}` : name
}

function isSent(flashed: Flashed, form: string | undefined) {
  const sent = sentForm(flashed)
  return !form || !sent || sent === form
}
