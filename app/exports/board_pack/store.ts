import type { Readable } from 'node:stream'
import { SealedStore } from '#encryption/sealed_store'
import { packFormats, type PackFormat } from '#models/board_pack/enumerations'

const store = new SealedStore('board_packs.file')
const formats = Object.keys(packFormats) as PackFormat[]

/** Where the files of packs are stored, by organisation: erasing it empties the folder. */
export const PACK_FOLDER = 'board-packs'

type Named = { organisationId: string; packId: string }

const keyOf = ({ organisationId, packId }: Named, format: PackFormat) =>
  `${PACK_FOLDER}/${organisationId}/${packId}.${format}`

/** Keeps a pack in one of its formats. */
export function storePack(named: Named, format: PackFormat, file: Readable) {
  return store.put(keyOf(named, format), file)
}

/** A kept pack, as a stream. */
export function openPack(named: Named, format: PackFormat) {
  return store.open(keyOf(named, format))
}

/** Deletes a pack in every stored format. */
export async function discardPack(named: Named) {
  for (const format of formats) {
    const key = keyOf(named, format)
    if (await store.has(key)) await store.discard(key)
  }
}
