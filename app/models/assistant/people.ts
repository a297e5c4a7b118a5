import type { ContextManifest } from '#models/ai_interaction'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import { restrictedMembers, WITHHELD } from '#models/person_flag'

type Told = { contextManifest: ContextManifest | null }

/** The people behind the words of answers, by their present names. */
export async function peopleBehind(answers: Told[]): Promise<Map<string, string>> {
  const entries = answers.flatMap(({ contextManifest }) =>
    Object.entries(contextManifest?.people ?? {})
  )
  if (entries.length === 0) return new Map()
  const ids = entries.map(([, person]) => Object.values(person)[0] as string)
  const members = await Membership.names(ids)
  const outside = await ExternalResource.names(ids)
  const restricted = await restrictedMembers()
  return new Map(
    entries.flatMap(([word, person]): [string, string][] => {
      const id = Object.values(person)[0] as string
      const name = restricted.has(id) ? WITHHELD : (members.get(id) ?? outside.get(id))
      return name ? [[word, name]] : []
    })
  )
}
