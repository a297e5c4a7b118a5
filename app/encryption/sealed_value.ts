import encryption from '@adonisjs/core/services/encryption'
import { isSealed, ring } from '#encryption/key_ring'

/** A value of any form as JSON, sealed for its purpose; what is not there stays so. */
export function sealValue(value: unknown, purpose: string): string | null {
  return value === null || value === undefined ? null : ring().seal(JSON.stringify(value), purpose)
}

export type Opening = {
  /** Its rows from before it was sealed are plain, and read as they are. */
  wasPlain?: boolean
}

/**
 * The value again. Rows from before the ring were sealed with APP_KEY, and some not at all: they stay
 * readable until `privacy:rotate-keys` has sealed them anew.
 */
export function openValue(
  sealed: string | null,
  purpose: string,
  { wasPlain = false }: Opening = {}
): any {
  if (sealed === null || sealed === undefined) return null
  if (isSealed(sealed)) return JSON.parse(ring().open(sealed, purpose))
  return encryption.decrypt(sealed, purpose) ?? (wasPlain ? sealed : null)
}
