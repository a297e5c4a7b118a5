const dictionary = new Intl.Collator('en')

/**
 * Rows in dictionary order of their names: Ärmel beside Armstrong, anna before Bob. The database sorts by character
 * code, which puts both after Zoe.
 */
export function byName<Row extends { name: string }>(rows: Row[]): Row[] {
  return rows.toSorted((one, other) => dictionary.compare(one.name, other.name))
}
