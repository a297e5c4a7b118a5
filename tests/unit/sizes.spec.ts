import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { DocumentError } from '#imports/documents/document_error'
import { DOCUMENT_LIMITS } from '#imports/documents/limits'
import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { LARGEST, LARGEST_ARCHIVE, MB, sizeInWords } from '#models/text/sizes'
import { TOO_LARGE } from '#models/stored_file/admitting'
import { fileNote } from '#pages/stored_files'
import { auditField } from '#registries/audit_fields'
import { packLists, packValue } from '#registries/pack_terms'
import * as archive from '#transfer/archive'

const KB = 1024

test.group('A size in words', () => {
  test('counts as limits do, from the kilobyte on', ({ assert }) => {
    const said = [
      [0, '0 kB'],
      [1, '1 kB'],
      [1000, '1 kB'],
      [1.6 * KB, '2 kB'],
      [1000 * KB, '1000 kB'],
      [MB - 1, '1 MB'],
      [MB, '1 MB'],
      [1.26 * MB, '1.3 MB'],
      [10 * MB, '10 MB'],
      [1024 * MB - 1, '1 GB'],
      [1.2 * KB * MB, '1.2 GB'],
      [2 * KB * KB * MB, '2 TB'],
      [5000 * KB * KB * MB, '5000 TB'],
    ] as const
    for (const [bytes, words] of said) assert.equal(sizeInWords(bytes), words, String(bytes))
    assert.equal(sizeInWords('5242880'), '5 MB')
  })

  test('reads the same wherever one file is shown', ({ assert }) => {
    const size = 1_300_000
    assert.equal(fileNote({ erasedAt: null, mediaType: 'application/pdf', size }), 'PDF, 1.2 MB')
    for (const type of ['gate_evidence', 'task_attachment']) {
      assert.equal(auditField(type, 'size').show(size), '1.2 MB')
      assert.isNull(auditField(type, 'size').show(null))
    }
    const known = packLists.evidence.fields.size
    assert.equal(packValue('size', size, { known, names: new Map() }), '1.2 MB')
  })

  test('matches the limit, in refusals and guides', async ({ assert }) => {
    assert.include(TOO_LARGE, sizeInWords(LARGEST))
    assert.include(archive.TOO_LARGE, sizeInWords(LARGEST_ARCHIVE))
    assert.include(new ImportError('too_large').message, sizeInWords(LIMITS.inputBytes))
    assert.include(new DocumentError('too_large').message, sizeInWords(DOCUMENT_LIMITS.inputBytes))
    const guide = (name: string) => readFile(`resources/help/${name}.md`, 'utf-8')
    assert.include(await guide('connections'), `up to ${sizeInWords(LIMITS.inputBytes)}`)
    assert.include(await guide('external-person'), `up to ${sizeInWords(LARGEST)} each`)
    assert.include(
      await guide('operator-running'),
      `up to ${sizeInWords(LARGEST)} each, spreadsheets ${sizeInWords(LIMITS.inputBytes)}, project archives ${sizeInWords(LARGEST_ARCHIVE)}`
    )
  })
})
