import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'

/** A file of `tests/fixtures/imports`, which imitates what another tool exports. */
export function fixture(name: string): Buffer {
  return readFileSync(app.makePath('tests/fixtures/imports', name))
}
