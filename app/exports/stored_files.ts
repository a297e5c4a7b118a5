import type { Listing } from '#exports/listing'
import type { ZippedFile } from '#exports/zip'
import { isKept, openFile } from '#models/stored_file/files'
import { homeNames, type HomeName } from '#models/stored_file/homes'
import type { ListedFile } from '#models/stored_file/listing'
import Tenancy from '#tenancy/tenancy'

/** The files that people handed in and that are still stored, one kind after the other, each with its path. */
export async function* storedFiles(
  organisationId: string,
  listing: Listing,
  filesIn: (home: HomeName) => AsyncGenerator<ListedFile>,
  pathOf: (file: ListedFile) => string
): AsyncGenerator<ZippedFile> {
  for (const home of homeNames) {
    for await (const file of filesIn(home)) {
      if (!(await isKept(organisationId, file))) continue
      const content = await Tenancy.system(organisationId, () => openFile(file))
      yield listing.add(pathOf(file), content)
    }
  }
}

/** A file name that every system accepts; the original name is in its record. */
export function plainName(name: string) {
  return name.replace(/[^\w.-]+/g, '-').replace(/\.+(?=\.|$)/g, '')
}
