import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { MergedAreas } from '#imports/workbook/merged_areas'
import { parseArea, parseReference } from '#imports/workbook/references'
import type { Merge, Sheet, SheetRow } from '#imports/workbook/workbook'
import { parseXml, type Attributes } from '#imports/xml/parse_xml'
import { toCell, type CellContext, type RawCell } from '#imports/workbook/xlsx_cells'

/** A list validation: the areas it applies to and its values or the range that holds them. */
export type Validation = { areas: Merge[]; source: string; max?: number }

export type ReadSheet = Sheet & {
  validations: Validation[]
  strayColumns: number
  formulasWithoutValue: number
}

type CellBudget = { cells: number }

/** Listens to a worksheet part and keeps what is visible: blank formatted cells cost nothing. */
export class SheetReader {
  readonly sheet: ReadSheet
  #row: SheetRow = newRow(0)
  #column = -1
  #raw: RawCell = newCell()
  #reading: 'value' | 'inline' | 'source' | '' = ''
  #validation: Validation | null = null
  #phonetic = 0
  #merges: Merge[] = []

  constructor(
    name: string,
    hidden: boolean,
    readonly context: CellContext,
    readonly budget: CellBudget
  ) {
    this.sheet = {
      name,
      hidden,
      rows: [],
      merges: new MergedAreas(),
      hiddenColumns: new Set(),
      allowed: [],
      hasPivot: false,
      epoch1904: context.epoch1904,
      validations: [],
      strayColumns: 0,
      formulasWithoutValue: 0,
    }
  }

  read(bytes: Buffer, deadline: number): ReadSheet {
    parseXml(
      bytes,
      {
        open: (name, attributes) => this.#open(name, attributes),
        text: (text) => this.#text(text),
        close: (name) => this.#close(name),
      },
      deadline
    )
    this.sheet.rows.sort((a, b) => a.number - b.number)
    this.sheet.merges = new MergedAreas(this.#merges, this.sheet.rows.at(-1)?.number)
    return this.sheet
  }

  #open(name: string, attributes: Attributes) {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v') this.#reading = 'value'
    else if (name === 'f') this.#raw.formula = true
    else if (name === 'rPh') this.#phonetic++
    else if (name === 't' && this.#phonetic === 0) this.#reading = 'inline'
    else if (name === 'row') this.#openRow(attributes)
    else if (name === 'col') this.#hideColumns(attributes)
    else if (name === 'mergeCell') this.#merge(attributes.ref ?? '')
    else if (name === 'dataValidation') this.#openValidation(attributes)
    else if (name === 'formula1' || name === 'formula2') this.#reading = 'source'
    else if (name === 'sqref') this.#reading = ''
  }

  #text(text: string) {
    if (this.#reading === 'value' || this.#reading === 'inline') this.#raw.value += text
    else if (this.#reading === 'source' && this.#validation) this.#validation.source += text
  }

  #close(name: string) {
    if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#closeRow()
    else if (name === 'rPh') this.#phonetic--
    else if (name === 'dataValidation') this.#validation = null
    else if (name === 'formula1' && this.#validation) this.#validation.source += '\u0000'
    if (name === 'v' || name === 't' || name.startsWith('formula')) this.#reading = ''
  }

  #openRow({ r, hidden, outlineLevel }: Attributes) {
    this.#row = newRow(Number(r) || this.#row.number + 1)
    this.#row.hidden = isTrue(hidden)
    this.#row.level = Number(outlineLevel) || 0
    this.#column = -1
  }

  #openCell({ r, s, t }: Attributes) {
    this.#column = (r ? parseReference(r)?.column : undefined) ?? this.#column + 1
    this.#raw = newCell()
    this.#raw.style = Number(s) || 0
    this.#raw.type = t ?? 'n'
  }

  #closeCell() {
    const cell = toCell(this.#raw, this.context)
    if (!cell) {
      if (this.#raw.formula && this.#raw.value === '') this.sheet.formulasWithoutValue++
      return
    }
    if (this.#column >= LIMITS.columns) {
      this.sheet.strayColumns++
      return
    }
    if (--this.budget.cells < 0) throw new ImportError('too_many_cells')
    if (cell.text.length > LIMITS.textLength) throw new ImportError('too_many_cells')
    this.#row.cells.set(this.#column, cell)
  }

  #closeRow() {
    if (this.#row.cells.size === 0) return
    if (this.sheet.rows.length >= LIMITS.rows) throw new ImportError('too_many_cells')
    this.sheet.rows.push(this.#row)
  }

  #hideColumns({ min, max, hidden }: Attributes) {
    if (!isTrue(hidden)) return
    const last = Math.min(Number(max), LIMITS.columns)
    for (let column = Number(min); column <= last; column++) {
      this.sheet.hiddenColumns.add(column - 1)
    }
  }

  #merge(reference: string) {
    const area = parseArea(reference)
    if (area) this.#merges.push(area)
  }

  #openValidation({ type, sqref, operator }: Attributes) {
    if (type !== 'list' && !(type === 'whole' && (operator ?? 'between') === 'between')) return
    const areas = (sqref ?? '').split(/\s+/).map(parseArea)
    const known = areas.filter((area) => area !== null)
    this.#validation = { areas: known, source: type === 'whole' ? 'whole\u0000' : '' }
    this.sheet.validations.push(this.#validation)
  }
}

function newRow(number: number): SheetRow {
  return { number, hidden: false, level: 0, cells: new Map() }
}

function newCell(): RawCell {
  return { type: 'n', style: 0, value: '', formula: false }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
