import { LIMITS } from '#imports/limits'
import type { Merge } from '#imports/workbook/workbook'

/**
 * The merged areas of a sheet by the rows that they cover: a table asks for those of each of its rows. Beyond a limit
 * they are left out, because a small file can name as many as it likes.
 */
export class MergedAreas {
  readonly #byRow = new Map<number, Merge[]>()
  #left = LIMITS.mergedRows

  constructor(areas: Merge[] = [], lastRow = 0) {
    for (const area of areas) this.#add(area, Math.min(area.bottom, lastRow))
  }

  /** Those that cover a row, in the order of the file. */
  in(row: number): Merge[] {
    return this.#byRow.get(row) ?? []
  }

  /** Those of which a row is the first. */
  from(row: number): Merge[] {
    return this.in(row).filter(({ top }) => top === row)
  }

  #add(area: Merge, bottom: number) {
    for (let row = area.top; row <= bottom && this.#left > 0; row++, this.#left--) {
      const areas = this.#byRow.get(row)
      if (areas) areas.push(area)
      else this.#byRow.set(row, [area])
    }
  }
}
