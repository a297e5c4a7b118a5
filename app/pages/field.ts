type Props = { get(name: string): any }
type Flashed = { get(name: string): any } | null | undefined

/** The errors of the form that was sent last, by field. */
export function errorsOf(flashed: Flashed): Record<string, string[]> {
  return flashed?.get('inputErrorsBag') ?? {}
}

/** What each field of a form needs: its id, the error in what was typed, and the ids of the notes that describe it. */
export function fieldOf(props: Props, flashed: Flashed) {
  const name: string = props.get('name')
  const id: string = props.get('id') || name
  const messages: string[] | undefined = errorsOf(flashed)[name]
  const notes = [props.get('hint') && `${id}-hint`, messages && `${id}-error`]
  return { id, messages, describedBy: notes.filter(Boolean).join(' ') }
}
