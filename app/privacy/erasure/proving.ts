import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { findElsewhere, searchedColumns } from '#privacy/erasure/door'
import { inText, recognitionOf, type Recognition } from '#privacy/erasure/recognition'
import { searchOrganisation, type Found } from '#privacy/erasure/searching'
import { everyOrganisation } from '#tenancy/organisations'
import { PLATFORM } from '#tenancy/tenancy'

/** Where any of the words occurs: in a column, in an attached file, or in a log. */
export async function searchFor(words: string[], logs: string[]) {
  const traces = { userId: null, names: words, emails: [], subjects: [], externals: [] }
  const recognition = recognitionOf(traces)
  const places: Found[] = []
  for (const organisationId of [...(await everyOrganisation()), PLATFORM]) {
    places.push(...(await searchOrganisation(organisationId, recognition)))
  }
  const elsewhere = [...(await findElsewhere(recognition)), ...(await inLogs(logs, recognition))]
  places.push(...elsewhere.map((place) => ({ ...place, organisationId: PLATFORM })))
  return { columns: (await searchedColumns()).length, places }
}

async function inLogs(logs: string[], recognition: Recognition) {
  const pattern = inText(recognition)
  const found = []
  for (const path of (await Promise.all(logs.map(filesUnder))).flat()) {
    const lines = await linesNaming(path, pattern)
    if (lines.length > 0) found.push({ place: 'log', rowKey: path, columns: lines.map(String) })
  }
  return found
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = await readdir(path, { recursive: true, withFileTypes: true })
  return names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

/** The numbers of the lines; rotated logs are compressed. */
async function linesNaming(path: string, pattern: RegExp): Promise<number[]> {
  const file = createReadStream(path)
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  const numbers: number[] = []
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1
    if (pattern.test(line)) numbers.push(number)
  }
  return numbers
}
