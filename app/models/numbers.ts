/** A count as people read it, its thousands set apart: 1,200. */
export function number(count: number | string) {
  return Number(count).toLocaleString('en-GB')
}
