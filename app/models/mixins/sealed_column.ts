import { openValue, sealValue, type Opening } from '#encryption/sealed_value'

/**
 * A column that is encrypted in the database, named `table.column` and bound to that name, so that no value can be
 * moved to another. The inventory of personal data names it too, which is what key rotation follows.
 */
export function sealedColumn(name: string, opening: Opening = {}) {
  return {
    prepare: (value: unknown) => sealValue(value, name),
    consume: (sealed: string | null) => openValue(sealed, name, opening),
  }
}
