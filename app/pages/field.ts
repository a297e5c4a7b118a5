type Props = { get(name: string): any }
type Flashed =
  | { get(name: string, otherwise?: any): any; all(): Record<string, any> }
  | null
  | undefined

/**
 * The errors of the form that was sent last, by field. Forms have a name where another on the page has a field of the
 * same name; given the name of one, the errors of others are left out.
 */
export function errorsOf(flashed: Flashed, form?: string): Record<string, string[]> {
  return (isSent(flashed, form) && flashed?.get('inputErrorsBag')) || {}
}

/** The fields of the form that was sent last, as far as the page has shown them again. */
const shown = new WeakMap<object, Set<string>>()

/** What was sent last in fields that the page has not shown again. Call it once all fields are rendered. */
export function unshown(flashed: Flashed): Record<string, unknown> {
  const names = flashed && shown.get(flashed)
  const sent: Record<string, unknown> = flashed?.get('inputErrorsBag') ? flashed.all() : {}
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !names?.has(name)))
}

/**
 * The fields with errors in the order of the form, in which they were sent. A choice that nobody made is not sent: it
 * stands before those that its validator has later. Leaves out those that the page tells of `besides`.
 */
export function faultyFields(flashed: Flashed, besides: string[] = []): string[] {
  const sent = Object.keys(flashed?.all() ?? {})
  const names = Object.keys(errorsOf(flashed)).filter((name) => !besides.includes(name))
  const found = names.map((name) => sent.indexOf(name.split('.')[0]))
  const places = found.map((place, index) => {
    const later = found.slice(index).filter((one) => one >= 0)
    return place < 0 ? Math.min(sent.length, ...later) : place
  })
  const placeOf = new Map(names.map((name, index) => [name, places[index]]))
  return names.sort((one, other) => placeOf.get(one)! - placeOf.get(other)!)
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
  const isAgain = flashed && isSent(flashed, form)
  if (isAgain) showAgain(flashed, name)
  return { id, messages, describedBy, value: isAgain ? flashed.get(name, given) : given }
}

function showAgain(flashed: NonNullable<Flashed>, name: string) {
  shown.set(flashed, (shown.get(flashed) ?? new Set()).add(name))
}

/** Where a field is in its page, for the summary of errors to lead to. */
export function idOf(name: string, form?: string) {
  return form ? `${form}-${name}` : name
}

function isSent(flashed: Flashed, form: string | undefined) {
  const sent = sentForm(flashed)
  return !form || !sent || sent === form
}
