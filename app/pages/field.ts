type Props = { get(name: string): any }
type Flashed = { get(name: string): any } | null | undefined

/** What was wrong with the form that was sent last, by field. */
export function errorsOf(flashed: Flashed): Record<string, string[]> {
  return flashed?.get('inputErrorsBag') ?? {}
}

/** What each field of a form goes by: its id, what is wrong with what was typed, and which of its notes describe it. */
export function fieldOf(props: Props, flashed: Flashed) {
  const name: string = props.get('name')
  const id: string = props.get('id') || name
  const messages: string[] | undefined = errorsOf(flashed)[name]
  const notes = [props.get('hint') && `${id}-hint`, messages && `${id}-error`]
  return { id, messages, describedBy: notes.filter(Boolean).join(' ') }
}
