import { ImportError } from '#imports/import_error'
import { LIMITS } from '#imports/limits'
import { parseXml } from '#imports/xml/parse_xml'
import type { Zip } from '#imports/workbook/zip'

type Relation = { type: string; target: string }
export type SheetPart = { name: string; hidden: boolean; path: string }
type Book = {
  epoch1904: boolean
  sheets: SheetPart[]
  strings: string | null
  styles: string | null
}

/** The parts of a workbook as its relations name them. */
export function readBook(zip: Zip, path: string, deadline: number): Book {
  const relations = readRelations(zip, path, deadline)
  const bytes = zip.read(path)
  if (!bytes) throw new ImportError('damaged')
  const book: Book = {
    epoch1904: false,
    sheets: [],
    strings: targetOf(relations, 'sharedStrings'),
    styles: targetOf(relations, 'styles'),
  }
  parseXml(
    bytes,
    {
      open(name, attributes) {
        if (name === 'workbookPr') book.epoch1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
        if (name !== 'sheet') return
        const relation = relations.get(attributes.id)
        if (!relation?.type.endsWith('/worksheet')) return
        if (book.sheets.length >= LIMITS.sheets) throw new ImportError('too_many_cells')
        book.sheets.push({
          name: attributes.name ?? '',
          hidden: (attributes.state ?? 'visible') !== 'visible',
          path: relation.target,
        })
      },
    },
    deadline
  )
  return book
}

/** The relations of a part by id, targets as paths inside the archive. */
export function readRelations(zip: Zip, part: string, deadline: number): Map<string, Relation> {
  const relations = new Map<string, Relation>()
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const bytes = zip.read(`${folder}_rels/${part.slice(folder.length)}.rels`)
  if (!bytes) return relations
  parseXml(
    bytes,
    {
      open(name, { Id, Type, Target, TargetMode }) {
        if (name !== 'Relationship' || !Target || TargetMode === 'External') return
        relations.set(Id, { type: Type ?? '', target: resolved(folder, Target) })
      },
    },
    deadline
  )
  return relations
}

/** The path of the part with this relation; null when there is none. */
export function targetOf(relations: Map<string, Relation>, kind: string): string | null {
  return [...relations.values()].find(({ type }) => type.endsWith(`/${kind}`))?.target ?? null
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts = folder.split('/').filter(Boolean)
  for (const step of target.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}
