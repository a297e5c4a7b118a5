const dictionary = new Intl.Collator('en')

/**
 * Rows in the order of their names as a dictionary has it: Ärmel beside Armstrong, anna before Bob. The database sorts
 * by the codes of letters, which puts both behind Zoe.
 */
export function byName<Row extends { name: string }>(rows: Row[]): Row[] {
  return rows.toSorted((one, other) => dictionary.compare(one.name, other.name))
}
