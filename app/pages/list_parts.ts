import { encodeCursor, type Page } from '#models/lists/keyset'

type Direction = 'asc' | 'desc'
type Sorted<Sort> = { sort: Sort; direction: Direction }

/** A heading of a list: its label, what it sorts by, and its initial direction. */
export type Column<Sort> = [label: string, sort?: Sort, first?: Direction]

/** The table's headings; each sortable one links to the list sorted by it, or reversed. */
export function headings<Sort>(
  columns: Column<Sort>[],
  present: Sorted<Sort>,
  link: (changes: Sorted<Sort>) => string
) {
  return columns.map(([label, sort, first = 'asc']) => {
    if (!sort) return { label }
    const active = present.sort === sort
    const turned = present.direction === 'asc' ? 'desc' : 'asc'
    return {
      label,
      href: link({ sort, direction: active ? turned : first }),
      direction: active ? present.direction : undefined,
    }
  })
}

/** The active filters in words, each with the address of the list without it. */
export function chips<Changes>(
  candidates: [active: unknown, label: string, without: Changes][],
  link: (changes: Changes) => string
) {
  return candidates
    .filter(([active]) => active)
    .map(([, label, without]) => ({ label, href: link(without) }))
}

type Select = { name: string; label: string; options: { value: string; label: string }[] }

/**
 * The choices by which a list is filtered, with those in use that are no longer offered, such as someone who has left.
 * Otherwise the form would show, and send, no choice at all.
 */
export function withChosen<Of extends Select>(
  selects: Of[],
  filters: object,
  applied: { label: string }[]
): Of[] {
  return selects.map((select) => {
    const value = (filters as Record<string, unknown>)[select.name]
    const isOffered = select.options.some((option) => option.value === value)
    if (typeof value !== 'string' || !value || isOffered) return select
    const named = applied.find(({ label }) => label.startsWith(`${select.label}: `))
    const label = named?.label.slice(select.label.length + 2) ?? value
    return { ...select, options: [...select.options, { value, label }] }
  })
}

/** How much of a list the page shows. */
export function summaryOf(shown: number, total: number | null, isNarrowed: boolean) {
  if (total === null) return `${shown} shown`
  if (shown === total) return `${total} in all`
  return isNarrowed ? `${shown} shown, of ${total} in all` : `${shown} of ${total}`
}

/** The addresses of the previous and next page; null when there is none. */
export function neighbours(
  page: Pick<Page<unknown>, 'previous' | 'next'>,
  link: (changes: { before?: string; after?: string }) => string
) {
  return {
    previous: page.previous && link({ before: encodeCursor(page.previous) }),
    next: page.next && link({ after: encodeCursor(page.next) }),
  }
}

const FORMATS = [
  ['xlsx', 'Excel (.xlsx)'],
  ['csv', 'CSV, for any spreadsheet'],
  ['json', 'JSON, for programs'],
] as const

/** Where the list can be exported as filtered, by format. */
export function exportsOf(path: string, query = '') {
  return FORMATS.map(([format, label]) => ({ label, href: `${path}.${format}${query}` }))
}
