import { NEVER, type Belonging } from '#exports/personal/conditions'
import type { Naming } from '#exports/personal/labels'
import type { Place } from '#exports/personal/subject'
import type { PersonalField, PersonalTable } from '#exports/personal/tables'
import { binaryPath } from '#exports/records/binaries'
import { isBinary } from '#exports/records/catalogue'
import { pages, type Row } from '#exports/records/pages'
import { opened } from '#exports/records/sealed'
import type { Bundle } from '#models/privacy_export'

/** The bundle that rows are read for, which of them are the person's, and how others are named. */
type Reading = { bundle: Bundle; belonging: Belonging; naming: Naming }

/** The person's rows of a table in one place, as the bundle may show them. */
export async function* personalRows(
  of: PersonalTable,
  place: Place,
  { bundle, belonging, naming }: Reading
): AsyncGenerator<Row[]> {
  const where = belonging.rows(of.table.name, bundle)
  if (where === NEVER) return
  const extra = belonging.kind(of.table.name)
  const reading = { table: of.table, columns: of.fields, where, extra, source: sourceOf(of, place) }
  for await (const rows of pages(place.organisationId, reading)) {
    for (const row of rows) present(of, row, naming)
    await relabel(of, rows, naming)
    yield rows
  }
}

/** An account is visible only to colleagues in their organisations; here it is read past that policy. */
function sourceOf({ table }: PersonalTable, { users }: Place) {
  if (table.name !== 'public.users') return undefined
  const text = '(select (jsonb_populate_record(null::users, directory.account(?))).*)'
  return { text, values: [users[0] ?? null] }
}

function present(of: PersonalTable, row: Row, naming: Naming) {
  const kind = row['.']
  delete row['.']
  for (const field of of.fields) {
    const { name } = field
    if (isBinary(field)) row[name] = row[name] ? binaryPath(of.name, row, name) : null
    else if (field.isReference) row[name] = naming.reference(row[name])
    else row[name] = shown(field, opened(`${of.table.name}.${name}`, row[name]), { kind, naming })
  }
}

function shown(
  field: PersonalField,
  plain: unknown,
  { kind, naming }: { kind: unknown; naming: Naming }
) {
  if (field.class === 'content') return kind === 'named' ? null : plain
  if (field.class !== 'identity' && field.class !== 'contact') return plain
  if (kind === 'named') return null
  return kind === 'own' ? plain : naming.name(plain)
}

/** Texts contain other people's ids. */
async function relabel({ fields }: PersonalTable, rows: Row[], naming: Naming) {
  const places = fields
    .filter((field) => field.class === 'content' && !isBinary(field))
    .flatMap(({ name }) => rows.map((row) => ({ row, name })))
    .filter(({ row, name }) => row[name] !== null)
  const texts = places.map(({ row, name }) => JSON.stringify(row[name]))
  const labelled = await naming.texts(texts)
  for (const [index, { row, name }] of places.entries()) {
    if (labelled[index] !== texts[index]) row[name] = JSON.parse(labelled[index])
  }
}
