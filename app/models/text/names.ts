const dictionary = new Intl.Collator('en', { numeric: true })

/**
 * Rows in dictionary order of their names: Ärmel beside Armstrong, anna before Bob, Lot 2 before Lot 10. The database
 * sorts by character code unless it is told otherwise, which puts anna and Ärmel after Zoe.
 */
export function byName<Row extends { name: string }>(rows: Row[]): Row[] {
  return rows.toSorted((one, other) => dictionary.compare(one.name, other.name))
}

/** SQL of a column in the same order. */
export function inDictionary(column: string) {
  return `${column} collate dictionary`
}
