import encryption from '@adonisjs/core/services/encryption'

/** A column that the database holds encrypted, bound to its own name so that no value can be moved to another. */
export function sealedColumn(purpose: string) {
  return {
    prepare: (value: unknown) =>
      value === null || value === undefined ? null : encryption.encrypt(value, { purpose }),
    consume: (sealed: string | null) => sealed && encryption.decrypt(sealed, purpose),
  }
}
