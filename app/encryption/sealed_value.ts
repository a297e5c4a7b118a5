import encryption from '@adonisjs/core/services/encryption'
import { isSealed, ring } from '#encryption/key_ring'

/** Any value as JSON, sealed for its purpose; an absent value stays absent. */
export function sealValue(value: unknown, purpose: string): string | null {
  return value === null || value === undefined ? null : ring().seal(JSON.stringify(value), purpose)
}

/** What APP_KEY seals: the driver, the text, 12 bytes of nonce and 16 of tag. */
const UNDER_APP_KEY = /^gcm\.[\w:-]+\.[\w-]{16}\.[\w-]{22}$/

export type Opening = {
  /** Rows from before the column was sealed are plain, and are read as they are. */
  wasPlain?: boolean
}

/**
 * The value again. Rows from before the key ring were sealed with APP_KEY, and some not at all: they stay readable
 * until `privacy:rotate-keys` reseals them. Null for one that the present APP_KEY does not open.
 */
export function openValue(
  sealed: string | null,
  purpose: string,
  { wasPlain = false }: Opening = {}
): any {
  if (sealed === null || sealed === undefined) return null
  if (isSealed(sealed)) return JSON.parse(ring().open(sealed, purpose))
  if (UNDER_APP_KEY.test(sealed)) return encryption.decrypt(sealed, purpose)
  return wasPlain ? sealed : null
}
