import { valueIn } from '#imports/vocabulary/text'
import type { Cell } from '#imports/workbook/workbook'

/** What a cell such as `2FS+3d; 7` says: the predecessor rows, and links that are not plain order. */
type Predecessors = { refs: string[]; otherwise: string[]; unread: string[] }

const LINK =
  /^([\p{L}._/-]*\d[\p{L}\d._/-]*?)\s*(fs|ss|ff|sf|ea|aa|ee|ae)?\s*([+-]\s*[\d.,]+\s*\p{L}*%?)?$/iu

/** Tools write the kind of link after the row: end to start, which is what waiting means, is left out. */
export function readPredecessors(text: string): Predecessors {
  const found: Predecessors = { refs: [], otherwise: [], unread: [] }
  for (const part of text.split(/[,;\n]+/).map((one) => one.trim())) {
    if (!part) continue
    const [, ref, kind, lag] = LINK.exec(valueIn(part)) ?? []
    if (!ref) found.unread.push(part)
    else {
      found.refs.push(ref)
      if ((kind && !/^(fs|ea)$/i.test(kind)) || lag) found.otherwise.push(part)
    }
  }
  return found
}

/** How much of a task is done, from 0 to 1; null when a cell says nothing of the kind. */
export function readShare({ text, number, percent }: Cell): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(text.trim())
  const value = number ?? Number(match?.[1].replace(',', '.') ?? Number.NaN)
  const isInPercent = number === undefined && match?.[2] === '%'
  const share = percent || (value <= 1 && !isInPercent) ? value : value / 100
  return share >= 0 && share <= 1 ? share : null
}

/** The status of a task that is this far done. */
export function statusAt(share: number) {
  if (share >= 1) return 'done'
  return share > 0 ? 'in_progress' : 'todo'
}
