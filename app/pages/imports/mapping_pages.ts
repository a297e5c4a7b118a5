import type { Viewer } from '#identity/viewer'
import type { ImportPlan, PlannedTable } from '#imports/index'
import type Import from '#models/import'
import { fieldOffers, typeOffers } from '#models/import/offers'
import ImportMapping from '#models/import_mapping'
import Membership from '#models/membership'
import ImportMappingPolicy from '#policies/import_mapping_policy'

const policy = new ImportMappingPolicy()

/** The saved mappings, each with who may change it. */
export async function mappingListState(viewer: Viewer) {
  const kept = await ImportMapping.listed()
  const names = await Membership.names(kept.map(({ createdBy }) => createdBy))
  return {
    mappings: kept.map((mapping) => ({
      id: mapping.id,
      name: mapping.name,
      becomes: becomes(mapping.type),
      columns: mapping.columns.map(({ header }) => header).join(', '),
      byName: names.get(mapping.createdBy),
      mayChange: policy.change(viewer, mapping),
    })),
  }
}

/** The form that saves how a table of a draft is read. */
export function mappingFormState(draft: Import, { id, sheet, mapping }: PlannedTable) {
  const labels = new Map(fieldOffers(mapping.type).map(({ value, label }) => [value, label]))
  const columns = mapping.columns.map(({ header, field }) => ({
    header,
    fills: labels.get(field) ?? field,
  }))
  return {
    file: { id: draft.id, name: draft.fileName },
    table: { id, sheet, becomes: becomes(mapping.type), columns },
  }
}

/** What can read the tables of a draft: mappings with matching headings first. */
export async function mappingOffers(plan: ImportPlan) {
  const kept = await ImportMapping.listed()
  if (kept.length === 0) return []
  const names = await Membership.names(kept.map(({ createdBy }) => createdBy))
  return plan.tables.map(({ id, sheet, shape }) => {
    const fitting = kept.find((mapping) => mapping.shape === shape)
    return {
      id,
      sheet,
      known: fitting && `“${fitting.name}” was saved by ${names.get(fitting.createdBy)}`,
      chosen: fitting?.id ?? null,
      options: kept.map((mapping) => ({
        value: mapping.id,
        label: mapping.shape === shape ? `${mapping.name} (same headings)` : mapping.name,
      })),
    }
  })
}

/** What to report once a mapping has read a table. */
export function fitWords(name: string, missing: string[], unknown: string[]) {
  const parts = [
    `The mapping “${name}” is applied.`,
    missing.length > 0 && `Not in this file: ${listed(missing)}.`,
    unknown.length > 0 && `Not in the mapping, so we guessed: ${listed(unknown)}.`,
  ]
  return parts.filter(Boolean).join(' ')
}

function listed(headers: string[]) {
  const shown = headers.slice(0, 10).map((header) => `“${header}”`)
  const more = headers.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ')
}

function becomes(type: string | null) {
  return typeOffers.find(({ value }) => value === (type ?? ''))?.label ?? ''
}
