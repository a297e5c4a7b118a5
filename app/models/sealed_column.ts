import { openValue, sealValue } from '#encryption/sealed_value'

type Options = {
  /** Its rows from before it was sealed are plain, and read as they are. */
  wasPlain?: boolean
}

/**
 * A column that the database holds encrypted, named `table.column` and bound to that name, so that no value
 * can be moved to another. The inventory of personal data names it too: rotation goes by that.
 */
export function sealedColumn(name: string, { wasPlain = false }: Options = {}) {
  return {
    prepare: (value: unknown) => sealValue(value, name),
    consume: (sealed: string | null) => openValue(sealed, name, wasPlain),
  }
}
