/** One value of a record in a pack. People, and other records, stand as ids: names can be erased, packs not. */
export type Scalar = string | number | boolean | null

export type PackRecord = { id: string } & Record<string, Scalar>

/** One part of a pack: what is so of the whole, and lists of records. */
export type Section = {
  facts: Record<string, Scalar>
  lists: Record<string, PackRecord[]>
}

/** The parts of a pack. `raid_leads` holds what is kept to project leads, so that it can be held back. */
export const SECTIONS = ['gate', 'criteria', 'raid', 'raid_leads', 'status', 'conditions'] as const

export type SectionName = (typeof SECTIONS)[number]

export type Content = Record<SectionName, Section>
