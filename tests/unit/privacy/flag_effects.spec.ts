import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { flagNames } from '#models/person_flag'
import { flagEffects } from '#registries/flag_effects'

test.group('The effects of flags', () => {
  for (const flag of flagNames) {
    test(`${flag}: each has its test`, async ({ assert }) => {
      assert.isNotEmpty(flagEffects[flag])
      for (const { place, test: named } of flagEffects[flag]) {
        const [file, title] = named
        assert.include(await readFile(app.makePath(file), 'utf8'), title, place)
      }
    })
  }
})
