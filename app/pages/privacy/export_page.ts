import PrivacyExport, { exportKinds } from '#models/privacy_export'
import { sizeInWords } from '#models/text/sizes'
import { day, moment } from '#registries/formats'
import * as terms from '#registries/terms'

/** A person's copies, newest first. */
export async function ownExports(userId: string) {
  const made = await PrivacyExport.of(userId)
  return made.map(exportState)
}

/** A copy of a person’s data as its owner sees it. */
export function exportState(found: PrivacyExport) {
  const { id, kind, standing: status, isUnderWay, partsDone, parts, records, expiresAt } = found
  return {
    id,
    kind: exportKinds[kind],
    status: terms.privacyExportStatuses[status],
    isReady: status === 'ready' && found.isStored,
    isUnderWay,
    hasFailed: status === 'failed',
    progress: isUnderWay && parts > 0 ? { done: partsDone, parts, records } : null,
    pairs: [
      { label: 'Asked for', value: day(found.createdAt) },
      ...(status === 'ready' ? [{ label: 'Until', value: moment(expiresAt!) }] : []),
      ...(found.size ? [{ label: 'Size', value: sizeInWords(Number(found.size)) }] : []),
      ...(found.sha256 ? [{ label: 'SHA-256', value: found.sha256 }] : []),
    ],
  }
}
