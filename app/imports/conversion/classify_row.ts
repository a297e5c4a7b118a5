import type { SkipCode } from '#imports/conversion/converted_row'
import { isFilled, type RowReader } from '#imports/conversion/row_reader'
import { readSituation } from '#imports/conversion/read_status'
import { cellTexts } from '#imports/detection/table'
import { fieldOf } from '#imports/mapping/fields'
import { sectionKind } from '#imports/mapping/typed_rows'
import { levelOf } from '#imports/vocabulary/levels'
import { isPlaceholder, isPrompt } from '#imports/vocabulary/placeholders'
import { fold, valueIn, words } from '#imports/vocabulary/text'
import type { SheetRow } from '#imports/workbook/workbook'

const TOTAL =
  /^((grand |sub ?)?totals?|sum|average|mean|count|gesamt|summe|gesamtsumme|anzahl|durchschnitt|total general|totaux|somme|moyenne|suma|promedio|totale|totali|somma|media|totais|soma|totaal|gemiddelde|razem|lacznie|totalt|summa|i alt|sum total|gjennomsnitt)( \S+){0,2}$/
const FOOTER =
  /^(generated (at|on|by)|printed( on| by|$)|exported( on| from| by|$)|export date|report (generated|created)|prepared by|page \d+|seite \d+|(strictly |commercial in )?confidential( .*(only|distribut|use|not).*)?$|(for )?internal use|copyright|all rights reserved|source (data|file)|end of (\w+ )?(log|list|register|report|table|document|sheet|file|risks|issues)|last (updated|saved|modified|refreshed)|version \d|document (id|no|number|ref|owner|control)|this (document|log|register|report|template)|n b |nb |disclaimer|erstellt (am|von)|gedruckt|vertraulich$|stand (\d|am|vom|per)|quelle$|genere (le|par)|imprime le|confidentiel$|derniere mise|generado (el|por)|impreso|confidencial$|ultima actualizacion|generato (il|da)|stampato|riservato$|gerado (em|por)|gegenereerd|afgedrukt|vertrouwelijk$|wygenerowano|poufne$|utskriven|konfidentiell$|generert|fortrolig$|genereret|approved by|signed( by|$)|signature|reviewed by|unterschrift|displaying \d|showing \d|\d+ (rows|records|items|issues|risks|entries)|number of (rows|records|items))/
const KEYS = new Set(
  words(
    `key, legend, note, notes, instruction, instructions, guidance, definition, definitions, scoring, scoring guide, scoring key, score key, scale, scales, rating key, rating scale, glossary, legende, hinweis, hinweise, anmerkung, anmerkungen, erlauterung, erlauterungen, schlussel, skala, bewertungsskala, remarque, remarques, echelle, leyenda, nota, notas, escala, legenda, scala, istruzioni, instrucoes, toelichting, uwagi, forklaring, risk key, risk scale, risk matrix, probability scale, likelihood scale, impact scale, status key, status values, rag key, rag status key, rag definitions, key to ratings, key to scores, how to use this log, how to use this register, lists, drop down lists, lookup`
  )
)
const HINT =
  /^(e\.?g\.?\b|i\.?e\.?\b|for example|enter\b|describe\b|select\b|choose\b|pick\b|provide\b|insert\b|list\b|state\b|who (is|will|should)\b|what (is|are|will|could|would)\b|when (was|will|is|should)\b|how (will|likely|would|do|much)\b|date (the|on which|when|that)\b|name of\b|brief description|a (brief|short|unique|concise)\b|unique (id|identifier|number|reference)|use\b|drop ?down|auto|calculated|yes\/no|y\/n|h\/m\/l|high\/med|dd[/.-]mm|mm[/.-]dd|yyyy|tt\.mm|\(?[01] ?[-–] ?(5|10|4|3|100)\)?$|\d ?= ?\w|bitte\b|z\.? ?b\.?|beschreib|eingeben|auswahl|wahlen|decri|indiquer|saisir|choisir|ex\s?:|par exemple|describa|indique|seleccion|descrivere|inserire|selezion|descrev|selecion|beschrijf|kies\b|vul\b|opisz|wybierz|beskriv|valj|velg|vaelg|angi|ange|identify\b|assign\b|specify\b|document\b|person responsible for|the (person|date|name|risk|impact|likelihood))/i
const EXAMPLE =
  /^(example|sample|e\.?g\.?|ex\.|beispiel|muster|exemple|ejemplo|esempio|exemplo|voorbeeld|przyklad|exempel|eksempel)(\s*\d*\s*[:.–-]|\s*\d*$|\s+(row|risk|issue|entry|only|record|assumption|dependency|item|zeile))/i

type Verdict = { code: SkipCode; reason: string } | null

/** Why a row is not a record; null when it is one. position counts rows since the header. */
export function classifyRow(row: SheetRow, reader: RowReader, position: number): Verdict {
  const texts = cellTexts(row).filter(Boolean)
  if (isHeaderAgain(row, reader)) return { code: 'header', reason: 'repeats the header' }
  if (position < 2 && isNumbering(texts, reader))
    return { code: 'instructions', reason: 'numbers the columns' }
  if (isHintRow(row, texts, reader, position))
    return { code: 'instructions', reason: 'explains how to fill the columns' }
  if (isTotal(row, texts, reader)) return { code: 'total', reason: 'a total' }
  if (isExample(row, reader)) return { code: 'example', reason: 'an example or a placeholder' }
  const lone = new Set(texts).size === 1 ? loneRow(row, texts[0], reader) : null
  if (lone) return lone
  if (texts.length <= 2 && FOOTER.test(fold(texts[0])) && !hasReference(row, reader))
    return { code: 'footer', reason: 'a footer' }
  if (!hasContent(row, reader))
    return {
      code: 'without_content',
      reason: 'pre-filled: it has no title, description or other text',
    }
  return null
}

/** Whether a single text starts a key or notes below the table. */
export function opensKey(row: SheetRow): boolean {
  const texts = cellTexts(row).filter(Boolean)
  return new Set(texts).size <= 2 && KEYS.has(fold(texts[0]))
}

/** Whether a row below a key is a record after all. */
export function hasReference(row: SheetRow, reader: RowReader): boolean {
  return reader
    .of('sourceId')
    .some(
      (mapped) =>
        /\d/.test(reader.cell(row, mapped)?.text ?? '') &&
        (reader.cell(row, mapped)?.text.length ?? 0) < 25
    )
}

/** Whether a row fills enough named columns to be a record. */
export function looksLikeRecord(row: SheetRow, reader: RowReader): boolean {
  const named = reader.columns.filter(
    ({ mapping }) => mapping.field !== 'keep' && mapping.field !== 'ignore'
  )
  return named.filter((mapped) => reader.cell(row, mapped)).length >= Math.min(4, named.length)
}

function isHeaderAgain(row: SheetRow, reader: RowReader): boolean {
  const cells = [...row.cells]
  const same = cells.filter(([index, cell]) =>
    reader.columns.some(
      ({ column }) =>
        column.columns.includes(index) &&
        column.labels.some((label) => label && fold(label) === fold(cell.text))
    )
  )
  return same.length >= 2 && same.length >= cells.length * 0.6
}

function isNumbering(texts: string[], reader: RowReader): boolean {
  const isRun = texts.every(
    (text, index) =>
      text.replace(/[()]/g, '') === String(index + 1) ||
      text === String.fromCharCode(65 + index) ||
      text === `(${index + 1})`
  )
  return texts.length >= 3 && texts.length >= reader.columns.length * 0.7 && isRun
}

function isHintRow(row: SheetRow, texts: string[], reader: RowReader, position: number): boolean {
  if (position > 2 || texts.length < 2 || hasReference(row, reader)) return false
  const hints = texts.filter(
    (text) => HINT.test(text.trim()) || isPrompt(text) || /^\(.*\)$/s.test(text.trim())
  )
  return hints.length >= 2 && hints.length >= texts.length * 0.5
}

function isTotal(row: SheetRow, texts: string[], reader: RowReader): boolean {
  const first = [...row.cells.values()].find(
    (cell) => cell.number === undefined && cell.text.trim() !== ''
  )
  if (!first || !TOTAL.test(fold(first.text)) || hasReference(row, reader)) return false
  const others = texts.filter((text) => text !== first.text.trim())
  return others.every((text) => /^[-+\d.,%€$£ ]+$/.test(text))
}

function isExample(row: SheetRow, reader: RowReader): boolean {
  const id = firstText(row, reader, 'sourceId')
  const name =
    firstText(row, reader, 'title') ||
    firstText(row, reader, 'description') ||
    firstText(row, reader, 'event')
  if (EXAMPLE.test(valueIn(id)) || (isPrompt(id) && !name)) return true
  if (EXAMPLE.test(valueIn(name)) || isPrompt(name)) return true
  return [...row.cells.values()]
    .slice(0, 1)
    .some((cell) => cell.text.length < 20 && EXAMPLE.test(cell.text.trim()))
}

function firstText(
  row: SheetRow,
  reader: RowReader,
  field: Parameters<RowReader['of']>[0]
): string {
  const [mapped] = reader.of(field)
  return mapped ? (reader.cell(row, mapped)?.text.trim() ?? '') : ''
}

/** A single text in a row is a heading or a footer unless it is where titles are. */
function loneRow(row: SheetRow, text: string, reader: RowReader): Verdict {
  const [[index, cell]] = row.cells
  if (isPlaceholder(text)) return { code: 'without_content', reason: 'it holds only a placeholder' }
  if (reader.columns.length < 2) return null
  if (FOOTER.test(fold(text)) || /^[*©†]/.test(text)) return { code: 'footer', reason: 'a footer' }
  if (sectionKind(row)) return { code: 'section', reason: 'a section heading' }
  const field = reader.columns.find(({ column }) => column.columns.includes(index))?.mapping.field
  const isName = field === 'title' || field === 'description' || field === 'event'
  if (!isName && cell.number !== undefined)
    return { code: 'without_content', reason: 'pre-filled: it has only a number' }
  if (!isName && field === 'sourceId' && /\d/.test(text) && !text.includes(' '))
    return { code: 'without_content', reason: 'pre-filled: it has only a reference' }
  if (!isName && (levelOf(text) !== null || readSituation(text)?.how === 'exact'))
    return { code: 'without_content', reason: 'pre-filled: it has no title or description' }
  if (!isName)
    return text.length > 60
      ? { code: 'footer', reason: 'a note, not a record' }
      : { code: 'section', reason: 'a section heading' }
  return isHeading(row, text, cell.bold === true, reader)
    ? { code: 'section', reason: 'a section heading' }
    : null
}

function isHeading(row: SheetRow, text: string, isBold: boolean, reader: RowReader): boolean {
  if (text.length > 70) return false
  const isUnusual = (test: (text: string, bold: boolean) => boolean) =>
    test(text, isBold) && !reader.titlesAre(test)
  const isMerged = reader.table.sheet.merges
    .from(row.number)
    .some(({ left, right }) => right - left >= 2 && row.cells.has(left))
  const isShouted = isUnusual((title) => /\p{Lu}{3}/u.test(title) && title === title.toUpperCase())
  return (
    isMerged ||
    isShouted ||
    isUnusual((_, bold) => bold) ||
    text.endsWith(':') ||
    row.cells.size >= 3
  )
}

/** A record needs its own text; numbers, dates, choices and formulas may be pre-filled. */
function hasContent(row: SheetRow, reader: RowReader): boolean {
  return reader.columns.some((mapped) => {
    const { field } = mapped.mapping
    const kind = fieldOf(field)?.kind
    const cell = reader.cell(row, mapped)
    if (!cell || !isFilled(cell) || mapped.column.isMarks) return false
    if (kind === 'text' || field === 'title') return /[\p{L}\p{N}]/u.test(cell.text)
    if (field === 'counterpartName') return !cell.formula
    return (
      field === 'keep' &&
      !cell.formula &&
      cell.number === undefined &&
      cell.text.trim().length > 14 &&
      /\s/.test(cell.text.trim())
    )
  })
}
