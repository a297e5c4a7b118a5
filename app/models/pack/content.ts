/** One value of a record in a pack. People, and other records, are given as ids: names can be erased, packs cannot. */
export type Scalar = string | number | boolean | null

export type PackRecord = { id: string } & Record<string, Scalar>

/** One part of a pack: what applies to all of it, and lists of records. */
export type Section = {
  facts: Record<string, Scalar>
  lists: Record<string, PackRecord[]>
}

/** The parts of a pack. `raid_leads` holds what is kept to project leads, so that it can be withheld. */
export const SECTIONS = ['gate', 'criteria', 'raid', 'raid_leads', 'status', 'conditions'] as const

export type SectionName = (typeof SECTIONS)[number]

export type Content = Record<SectionName, Section>
