import { provenOrder, type DateOrder } from '#imports/conversion/read_date'
import { candidatesOf, type Candidate } from '#imports/mapping/candidates'
import { chooseField } from '#imports/mapping/choose_field'
import { reasonFor, warningsFor } from '#imports/mapping/explain_mapping'
import { fieldOf } from '#imports/mapping/fields'
import { guessScale } from '#imports/mapping/guess_scale'
import { inferKind, type Inferred } from '#imports/mapping/infer_kind'
import type { ColumnMapping, Mapping, TableType } from '#imports/mapping/mapping'
import { ownMapping, type OwnLayouts } from '#imports/mapping/own_layout'
import { settle, type Chosen } from '#imports/mapping/settle'
import { findTypeColumn, type TypeColumn } from '#imports/mapping/type_column'
import { hasTypedSections, mixedReferences } from '#imports/mapping/typed_rows'
import { seenValues } from '#imports/mapping/seen_values'
import type { DetectedTable } from '#imports/detection/table'
import { isRaidType, isRecordType, kindsIn, type Kind } from '#imports/vocabulary/kinds'

export type MappingHints = {
  fileName: string
  dateOrder?: DateOrder | null
  type?: TableType
  /** The layouts of our own exports. */
  layouts?: OwnLayouts
}

/** Guesses what a table holds and what each of its columns becomes. */
export function guessMapping(table: DetectedTable, hints: MappingHints): Mapping {
  const own = ownMapping(table, hints.layouts ?? {}, hints.dateOrder ?? null)
  if (own && (hints.type === undefined || hints.type === own.type)) return own
  const candidates = candidatesOf(table)
  const inferred = inferKind(table, candidates, hints.fileName)
  const typeColumn = findTypeColumn(candidates, inferred.kind)
  const type =
    hints.type !== undefined ? hints.type : typeOf(table, candidates, inferred, typeColumn)
  const fixed = isRecordType(type) ? type : null
  const chosen = candidates.map((candidate) => ({
    candidate,
    choice:
      typeChoice(candidate, typeColumn, type) ??
      chooseField(
        candidate,
        fixed,
        candidates.filter((other) => other !== candidate)
      ),
  }))
  settle(chosen)
  const columns = chosen.map((entry) => toColumn(entry, table, type, hints.dateOrder ?? null))
  const include = type !== null && isNamed(columns)
  return {
    kind: inferred.kind,
    type,
    include,
    reason: reasonFor(type, inferred, typeColumn, include),
    confidence: type === 'by_row' ? 0.9 : inferred.confidence,
    columns,
    warnings: warningsFor(chosen, columns),
  }
}

function typeOf(
  table: DetectedTable,
  candidates: Candidate[],
  inferred: Inferred,
  typeColumn: TypeColumn | null
): TableType {
  const { kind } = inferred
  if (kind === 'key' || kind === 'history') return null
  if (typeColumn?.use === 'type') {
    const [only] = [...typeColumn.kinds]
    return typeColumn.kinds.size === 1 && isRaidType(only) && !inferred.isWholeLog ? only : 'by_row'
  }
  if (typeColumn?.use === 'nature') return 'risk'
  if (typeColumn?.use === 'tracker') return kind === 'task' ? 'task' : 'issue'
  if (typeColumn?.use === 'issueKind') return 'issue'
  if (hasTypedSections(table) || mixedReferences(candidates)) return 'by_row'
  return isRecordType(kind) ? kind : null
}

function typeChoice(candidate: Candidate, typeColumn: TypeColumn | null, type: TableType) {
  if (typeColumn?.candidate !== candidate) return null
  const reason = 'its values'
  if (typeColumn.use === 'type')
    return {
      field: type === 'by_row' || type === null ? ('type' as const) : ('ignore' as const),
      confidence: 0.95,
      reason,
    }
  if (typeColumn.use === 'nature') return { field: 'nature' as const, confidence: 0.95, reason }
  if (typeColumn.use === 'issueKind')
    return { field: 'issueKind' as const, confidence: 0.9, reason }
  return { field: 'keep' as const, confidence: 0.8, reason: 'the kind of work item' }
}

function toColumn(
  { candidate, choice }: Chosen,
  table: DetectedTable,
  type: TableType,
  fallback: DateOrder | null
): ColumnMapping {
  const { column, profile, label } = candidate
  const kind = fieldOf(choice.field)?.kind
  const mapping: ColumnMapping = {
    key: column.key,
    header: column.header,
    field: choice.field,
    confidence: Math.round(choice.confidence * 100) / 100,
    reason: choice.reason,
    samples: [...new Set(profile.texts)].slice(0, 3).map((text) => text.slice(0, 120)),
    hidden: column.hidden,
  }
  if (kind === 'score' || kind === 'pair') mapping.scale = guessScale(profile, label, table)
  if (kind === 'date') mapping.dateOrder = provenOrder(profile.texts) ?? fallback ?? 'dmy'
  const isClosedFlag = candidate.concept === 'closedOn' && choice.field === 'status'
  const values = isClosedFlag ? closedFlags(profile.texts) : seenValues(profile, choice.field, type)
  if (values) mapping.values = choice.field === 'type' ? meantLetters(values, table) : values
  return mapping
}

/** Under 'Closed?' yes means closed, where under 'Open?' it means open. */
function closedFlags(texts: string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => [
      text,
      /^(n|no|nein|non|nee|nei|nej|nie|não|false)$/i.test(text) ? 'open' : 'closed',
    ])
  )
}

/** In some logs A means action and D decision: the words around the table decide. */
function meantLetters(
  values: Record<string, string>,
  table: DetectedTable
): Record<string, string> {
  const around = [
    table.sheet.name,
    ...table.titles,
    ...table.columns.map(({ header }) => header),
  ].flatMap(kindsIn)
  const isMeant = (kind: Kind, usual: Kind) => around.includes(kind) && !around.includes(usual)
  const entries = Object.entries(values).map(([text, kind]) => {
    if (/^a$/i.test(text) && isMeant('action', 'assumption')) return [text, 'action']
    if (/^d$/i.test(text) && isMeant('decision', 'dependency')) return [text, 'decision']
    return [text, kind]
  })
  return Object.fromEntries(entries)
}

function isNamed(columns: ColumnMapping[]): boolean {
  return columns.some(({ field }) =>
    ['title', 'description', 'event', 'cause', 'effect'].includes(field)
  )
}
