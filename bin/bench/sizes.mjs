/** The sizes of organisation that are measured, each in a database of its own. */
export const SIZES = {
  S: { database: 'bench_s', projects: 50, itemsPerProject: 100, people: 40, managers: 10 },
  L: { database: 'bench_l', projects: 500, itemsPerProject: 400, people: 400, managers: 50 },
}

/** One in this many items has the rare word in its title; four in ten have the common one. */
export const RARE_EVERY = 2500
export const RARE_WORD = 'asbestos'
export const COMMON_WORD = 'delivery'

export const ORGANISATION = '01930000-0000-7000-8000-00000000b001'

/** Ids derived from their position, so that the benchmark knows them. */
export function idOf(kind, place) {
  return `01930000-0000-7000-8000-${kind}${String(place).padStart(11, '0')}`
}

/** Whether the project at this position is over: it accepts no new records. */
export function isClosed(place) {
  return place % 8 === 7
}

/** The kinds of record in the ids of `idOf`. */
export const KIND = { membership: 'a', project: 'b', stage: 'c', item: 'd', other: 'e' }
