/** A count with its thousands separated: 1,200. */
export function number(count: number | string) {
  return Number(count).toLocaleString('en-GB')
}
