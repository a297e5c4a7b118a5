type Choice = { id: string; name: string }

type Kept = {
  /** The people already in the form's fields. */
  kept: (string | null | undefined)[]
  /** Marks the name of someone who is no longer offered. */
  note: string
  namesOf: (ids: (string | null | undefined)[]) => Promise<Map<string, string>>
}

/** The available choices, plus chosen ones that no longer are, so that saving a form does not silently remove them. */
export async function withKept(offered: Choice[], { kept, note, namesOf }: Kept) {
  const missing = kept.filter((id) => id && !offered.some((one) => one.id === id))
  const former = [...(await namesOf(missing))]
  return [...offered, ...former.map(([id, name]) => ({ id, name: `${name} (${note})` }))]
}
