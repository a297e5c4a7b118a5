/** How many tasks are changed at once. */
export const MOST = 200

/** A task to be changed, as a form names it; `value` is its own new value, if each has one. */
export type BulkRow = { number: number; lockVersion: number; value?: string | null }

/** Such as `12.3`, or `12.3.high` with its own value; an empty value clears the present one. */
export const ROW = /^(\d{1,8})\.(\d{1,9})(?:\.([\w-]{0,36}))?$/

/** Reads what `rowText` wrote. */
export function readRow(text: string): BulkRow {
  const [, number, version, value] = ROW.exec(text)!
  const row = { number: Number(number), lockVersion: Number(version) }
  return value === undefined ? row : { ...row, value: value || null }
}

/** A row in the form in which a form field carries it, see `readRow`. */
export function rowText({ number, lockVersion, value }: BulkRow) {
  return [number, lockVersion, ...(value === undefined ? [] : [value ?? ''])].join('.')
}
