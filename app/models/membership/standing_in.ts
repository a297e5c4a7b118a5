import Membership from '#models/membership'

/** Those of the people to notify who are still members; if none is, the PMO. */
export async function presentOrOffice(ids: (string | null)[]): Promise<string[]> {
  const present = await Membership.active(ids.filter((id) => id !== null))
  return present.size > 0 ? [...present] : office()
}

/** The same for many, each to be notified of something else. */
export async function eachOrOffice(ids: (string | null)[]) {
  const present = await Membership.active(ids.filter((id) => id !== null))
  const isHere = (id: string | null) => id !== null && present.has(id)
  const instead = ids.every(isHere) ? [] : await office()
  return (id: string | null): string[] => (isHere(id) ? [id!] : instead)
}

/** Who deals with what waits for no one else: the PMO, or owners when there is none. */
export async function office(): Promise<string[]> {
  const pmo = await Membership.holding('pmo')
  return pmo.length > 0 ? pmo : Membership.holding('owner')
}
