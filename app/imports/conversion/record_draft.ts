import type { Attributes, IgnoredValue, RecordRow } from '#imports/conversion/converted_row'
import { isDash, short } from '#imports/conversion/record_text'
import type { RecordType } from '#imports/vocabulary/kinds'
import type { Cell } from '#imports/workbook/workbook'

/** What a row becomes while its cells are read: each ends up in a field, the description or a note. */
export class RecordDraft {
  readonly attributes: Attributes = {}
  readonly notes: string[] = []
  readonly ignored: IgnoredValue[] = []
  readonly cells: RecordRow['cells'] = {}
  readonly descriptions: string[] = []
  readonly predecessors: string[] = []
  /** What no field takes, added at the end of the description. */
  readonly kept: string[] = []
  title = ''
  sourceId: string | null = null
  parentSourceId: string | null = null
  /** The share of the work that is done; null when the row does not say. */
  progress: number | null = null

  constructor(readonly type: RecordType) {}

  keep(header: string, text: string) {
    const line = `${header}: ${text.trim()}`
    if (!this.kept.includes(line)) this.kept.push(line)
  }

  keepUnread(header: string, text: string, why: string) {
    this.notes.push(`${header} “${short(text)}” ${why}; kept in the description`)
    this.keep(header, text)
  }

  ignore(header: string, value: string, reason: string) {
    this.ignored.push({ header, value, reason })
  }

  noteRead(header: string, text: string, value: string) {
    this.notes.push(`${header} “${short(text)}” read as ${value}`)
  }

  noteEmpty(header: string, text: string, cell: Cell) {
    if (text === '' || isDash(text)) return
    const why = cell.formula && /^0$/.test(text) ? 'an empty formula' : 'a placeholder'
    this.notes.push(`${header} “${short(text)}” is ${why} and was left empty`)
  }
}
