import { enqueue } from '#jobs/enqueue'
import type Erasure from '#models/erasure'
import type { Traces } from '#models/erasure'
import type ErasureFind from '#models/erasure_find'
import type { KeepReason } from '#models/erasure_find'
import { enqueueDiscards } from '#models/stored_file/files'
import { homeOf } from '#models/stored_file/homes'
import { homeWith } from '#models/stored_file/listing'
import { refuse } from '#models/violation'
import { Door } from '#privacy/erasure/door'
import { FILES } from '#privacy/erasure/files'
import { eraseMessage, isMessage } from '#privacy/erasure/messages'
import { recognitionOf, type Recognition } from '#privacy/erasure/recognition'
import { isRequest, redactRequest } from '#privacy/erasure/requests'
import { AUDIT_VALUES } from '#privacy/erasure/searching'
import { sharedTables } from '#tenancy/shared_tables'
import Tenancy from '#tenancy/tenancy'

const BYTES = ['file', 'bytes']

/**
 * Whether the name can be removed there. If not, only the reason why it stays is recorded: for bytes, and for what
 * belongs to no organisation, such as another account with the same name.
 */
export function isRedactable({
  place,
  rowKey,
  columns,
}: Pick<ErasureFind, 'place' | 'rowKey' | 'columns'>) {
  if (place === FILES || place === AUDIT_VALUES) return true
  const [schema, table] = place.split('.')
  const isRecord = schema === 'public' && !(table in sharedTables) && rowKey !== ''
  return isRecord && !columns.some((name) => BYTES.includes(name))
}

/** Whether there are words around the name to show: bytes have none. */
export function hasWords({ columns }: Pick<ErasureFind, 'columns'>) {
  return columns.some((name) => !BYTES.includes(name))
}

/** Removes the name from the chosen places, each in its own organisation. The last decision resumes the erasure. */
export async function redactFinds(erasure: Erasure, ids: string[]) {
  const recognition = recognitionOf(tracesOf(erasure))
  const finds = await openOnes(erasure, ids)
  const fixed = finds.find((find) => !isRedactable(find))
  if (fixed) refuse('ids', `Nothing can be taken out of ${fixed.place}: say why it stays`)
  for (const find of finds) {
    await redact(erasure, find, recognition)
    await find.redacted()
  }
  await goOn(erasure)
  return finds.length
}

/** Leaves the name where it is, and records why. */
export async function keepFinds(erasure: Erasure, ids: string[], reason: KeepReason) {
  const finds = await openOnes(erasure, ids)
  for (const find of finds) await find.keep(reason)
  await goOn(erasure)
  return finds.length
}

async function openOnes(erasure: Erasure, ids: string[]) {
  if (ids.length === 0) refuse('ids', 'Choose the texts you have read')
  const finds = await erasure.finds.where('state', 'open').whereIn('id', ids).forUpdate()
  if (finds.length === 0) refuse('ids', 'Choose texts that have not been decided yet')
  return finds
}

function tracesOf({ traces }: Erasure): Traces {
  return traces ?? refuse('ids', 'This erasure is finished')
}

function redact(erasure: Erasure, find: ErasureFind, recognition: Recognition) {
  const { id, label, requestId } = erasure
  const { place, rowKey, columns, placeOrganisationId } = find
  if (place === FILES) return discardFile(erasure, find)
  if (isMessage(find)) {
    return eraseMessage(erasure, { place, rowKey, organisationId: placeOrganisationId })
  }
  if (isRequest(find)) return redactRequest(erasure, find, recognition)
  return Door.open(placeOrganisationId, (door) =>
    place === AUDIT_VALUES
      ? door.redactValues(rowKey, columns, requestId ?? id)
      : door.redactText(find, recognition.pattern, label, id)
  )
}

/** Part of a file cannot be removed: the whole file is deleted, and its hash stays. It may be gone already. */
async function discardFile({ id }: Erasure, { rowKey, placeOrganisationId }: ErasureFind) {
  const home = await Tenancy.visit(placeOrganisationId, () => homeWith(rowKey))
  if (!home) return
  const rule = {
    table: homeOf(home).record,
    rows: [{ column: 'id', values: [rowKey] }],
    set: { erased_at: { now: true } },
  }
  await Door.open(placeOrganisationId, (door) => door.apply([rule], id, true))
  await Tenancy.visit(placeOrganisationId, () => enqueueDiscards(home, [rowKey]))
}

async function goOn(erasure: Erasure) {
  const open = await erasure.finds.where('state', 'open').first()
  if (!open) await enqueue(Tenancy.current().trx, 'erase_person', { erasureId: erasure.id })
}
