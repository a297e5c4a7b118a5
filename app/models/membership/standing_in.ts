import Membership from '#models/membership'

/** Those of the people to be told who are members still; where none of them is, the PMO. */
export async function presentOrOffice(ids: (string | null)[]): Promise<string[]> {
  const present = await Membership.active(ids.filter((id) => id !== null))
  return present.size > 0 ? [...present] : Membership.holding('pmo')
}
