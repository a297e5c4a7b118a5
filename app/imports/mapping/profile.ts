import { cellOf, type DetectedTable, type TableColumn } from '#imports/detection/table'
import { looksLikeDate } from '#imports/conversion/read_date'
import { parseNumber, readPair, readScore } from '#imports/conversion/read_score'
import { readSituation } from '#imports/conversion/read_status'
import type { ChoiceReader } from '#imports/vocabulary/choice_reader'
import { kindOf, type Kind } from '#imports/vocabulary/kinds'
import { isPlaceholder } from '#imports/vocabulary/placeholders'
import type { Cell } from '#imports/workbook/workbook'

const SAMPLED_ROWS = 400

/** What a column's cells look like, whatever its header says. */
export class Profile {
  readonly cells: Cell[]
  readonly texts: string[]
  readonly choices: ChoiceReader
  readonly #shares = new Map<string, number>()

  constructor(
    table: DetectedTable,
    readonly column: TableColumn
  ) {
    this.choices = table.choices
    const cells = table.rows.slice(0, SAMPLED_ROWS).flatMap((row) => cellOf(row, column) ?? [])
    this.cells = cells.filter((cell) => !isPlaceholder(cell.text) || isStatusWord(cell.text))
    this.texts = this.cells.map((cell) => cell.text.trim())
  }

  get isEmpty(): boolean {
    return this.cells.length === 0
  }

  get distinct(): number {
    return new Set(this.texts.map((text) => text.toLowerCase())).size
  }

  get averageLength(): number {
    return this.texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, this.texts.length)
  }

  get numbers(): number[] {
    return this.cells.flatMap((cell) => cell.number ?? parseNumber(cell.text) ?? [])
  }

  get kinds(): Kind[] {
    return this.texts.flatMap((text) => kindOf(text) ?? [])
  }

  get levels(): number {
    return this.#share(
      'levels',
      (cell) =>
        readScore(cell, 'words') !== null ||
        /^\d{1,3}([.,]\d+)?$/.test(cell.text.trim()) ||
        cell.percent === true
    )
  }

  get pairs(): number {
    return this.#share(
      'pairs',
      (cell) => cell.number === undefined && !cell.date && readPair(cell.text, '1-5') !== null
    )
  }

  get dates(): number {
    return this.#share('dates', (cell) => looksLikeDate(cell))
  }

  get serials(): number {
    return this.#share(
      'serials',
      ({ number }) => number !== undefined && number >= 30_000 && number <= 60_000
    )
  }

  get situations(): number {
    return this.#share(
      'situations',
      (cell) => cell.number === undefined && readSituation(cell.text) !== null
    )
  }

  get references(): number {
    return this.#share('references', (cell) =>
      /^[\p{L}]{0,12}[\s._#/-]*\d[\d.,/-]*[a-z]?$|^[\p{L}\d]{1,12}([-_.][\p{L}\d]{1,8}){1,3}$/u.test(
        cell.text.trim()
      )
    )
  }

  chosen(field: string): number {
    return this.#share(`choice:${field}`, (cell) => this.choices.read(field, cell.text) !== null)
  }

  get isSequence(): boolean {
    const { numbers } = this
    return (
      numbers.length === this.cells.length &&
      numbers.every((number, index) => number === numbers[0] + index)
    )
  }

  #share(name: string, test: (cell: Cell) => boolean): number {
    if (!this.#shares.has(name)) {
      const matching = this.cells.filter(test).length
      this.#shares.set(name, this.isEmpty ? 0 : matching / this.cells.length)
    }
    return this.#shares.get(name)!
  }
}

/** 'offen' is no owner and no date, but it is a status. */
function isStatusWord(text: string): boolean {
  return readSituation(text)?.how === 'exact'
}
