type Choice = { id: string; name: string }

type Kept = {
  /** Who stands in the fields of the form. */
  kept: (string | null | undefined)[]
  /** Says so behind the name of one who is offered no more. */
  note: string
  namesOf: (ids: (string | null | undefined)[]) => Promise<Map<string, string>>
}

/** Those on offer, and those kept who are no more, so that saving a form does not silently take them off. */
export async function withKept(offered: Choice[], { kept, note, namesOf }: Kept) {
  const missing = kept.filter((id) => id && !offered.some((one) => one.id === id))
  const former = [...(await namesOf(missing))]
  return [...offered, ...former.map(([id, name]) => ({ id, name: `${name} (${note})` }))]
}
