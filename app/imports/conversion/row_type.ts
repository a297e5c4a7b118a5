import type { RowReader } from '#imports/conversion/row_reader'
import type { Mapping } from '#imports/mapping/mapping'
import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import {
  isRaidType,
  isRecordType,
  kindOf,
  kindOfRef,
  kindsIn,
  RAID_TYPES,
  type Kind,
} from '#imports/vocabulary/kinds'
import { fold } from '#imports/vocabulary/text'
import type { SheetRow } from '#imports/workbook/workbook'

const MISSPELT = new FuzzyIndex([...RAID_TYPES, 'opportunity', 'action'])

/** The kind of a row: the table's, or its type cell, its section, its reference. */
export function rowKind(
  row: SheetRow,
  reader: RowReader,
  mapping: Mapping,
  section: Kind | null
): Kind | null {
  if (isRecordType(mapping.type)) return mapping.type
  const text = reader.text(row, 'type')
  if (text !== '') return namedKind(text, mapping) ?? 'other'
  const byRef = kindOfRef(reader.text(row, 'sourceId'))
  if (section) return section
  return byRef ?? (isRaidType(mapping.kind) ? mapping.kind : null)
}

function namedKind(text: string, mapping: Mapping): Kind | null {
  const column = mapping.columns.find(({ field }) => field === 'type')
  const given = column?.values?.[text]
  if (given) return given as Kind
  const [first] = kindsIn(text)
  const close = MISSPELT.nearest(fold(text))
  return kindOf(text) ?? (close as Kind | null) ?? first ?? null
}
