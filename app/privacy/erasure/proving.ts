import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { linesOf } from '#audit/lines'
import { findElsewhere, searchedColumns, type Place } from '#privacy/erasure/door'
import { inText, recognitionOf, type Recognition } from '#privacy/erasure/recognition'
import { searchOrganisation, type Found } from '#privacy/erasure/searching'
import { everyOrganisation } from '#tenancy/organisations'
import { PLATFORM } from '#tenancy/tenancy'

/** Where any of the words occurs: in a column, in an attached file, or in a log; and logs that could not be read. */
export async function searchFor(words: string[], logs: string[]) {
  const traces = { userId: null, names: words, emails: [], subjects: [], externals: [] }
  const recognition = recognitionOf(traces)
  const places: Found[] = []
  for (const organisationId of [...(await everyOrganisation()), PLATFORM]) {
    places.push(...(await searchOrganisation(organisationId, recognition)))
  }
  const { found, unread } = await inLogs(logs, recognition)
  const elsewhere = [...(await findElsewhere(recognition)), ...found]
  places.push(...elsewhere.map((place) => ({ ...place, organisationId: PLATFORM })))
  return { columns: (await searchedColumns()).length, places, unread }
}

async function inLogs(logs: string[], recognition: Recognition) {
  const pattern = inText(recognition)
  const found: Place[] = []
  const unread: string[] = []
  const read = <T>(path: string, work: Promise<T[]>) =>
    work.catch(() => {
      unread.push(path)
      return []
    })
  for (const log of logs) {
    for (const path of await read(log, filesUnder(log))) {
      const columns = await read(path, linesNaming(path, pattern))
      if (columns.length > 0) found.push({ place: 'log', rowKey: path, columns })
    }
  }
  return { found, unread }
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path, { recursive: true, withFileTypes: true })
  return names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

/** The numbers of the lines; rotated logs are compressed. */
async function linesNaming(path: string, pattern: RegExp): Promise<string[]> {
  const file = createReadStream(path)
  // Reading what comes out tells of an error in either.
  const bytes = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => {}) : file
  const numbers: string[] = []
  let number = 0
  for await (const line of linesOf(bytes.setEncoding('utf8'))) {
    number += 1
    if (pattern.test(line)) numbers.push(String(number))
  }
  return numbers
}
