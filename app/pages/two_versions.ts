import string from '@adonisjs/core/helpers/string'
import type { Viewer } from '#identity/viewer'
import ExternalResource from '#models/external_resource'
import Membership from '#models/membership'
import { projectNames } from '#models/project/names'
import type { Field } from '#models/raid/fields'
import { day } from '#registries/formats'

export type Values = Record<string, unknown>

/**
 * Both versions of a record that two people edited, field by field. Nothing is decided for the user, but the other
 * person's version is preselected for fields that the user left as the form showed them (`base`).
 */
export async function twoVersions(
  known: Field[],
  { theirs, mine, base }: { theirs: Values; mine: Values; base: unknown },
  viewer: Viewer
) {
  const shown = readBase(base)
  const fields = known.filter(({ key }) => mine[key] !== undefined)
  const differing = fields.filter(({ key }) => !same(theirs[key], mine[key]))
  const names = await namesIn(differing, [theirs, mine], viewer)
  return {
    agreed: fields
      .filter((field) => !differing.includes(field))
      .map((field) => ({ name: inputName(field), value: plain(mine[field.key]) })),
    differing: differing.map((field) => ({
      name: inputName(field),
      id: string.snakeCase(field.key),
      label: field.label,
      theirs: plain(theirs[field.key]),
      mine: plain(mine[field.key]),
      theirsShown: display(theirs[field.key], field, names),
      mineShown: display(mine[field.key], field, names),
      prefersTheirs: field.key in shown && same(shown[field.key], mine[field.key]),
    })),
    base: JSON.stringify(Object.fromEntries(fields.map(({ key }) => [key, theirs[key]]))),
  }
}

function readBase(base: unknown): Values {
  try {
    const read = JSON.parse(String(base))
    return read && typeof read === 'object' ? read : {}
  } catch {
    return {}
  }
}

/** Names of the people and projects that differ; a project that the viewer may not see has no name. */
async function namesIn(fields: Field[], versions: Values[], viewer: Viewer) {
  const idsOf = (...kinds: Field['kind'][]) =>
    fields
      .filter(({ kind }) => kinds.includes(kind))
      .flatMap(({ key }) => versions.flatMap((version) => version[key] as string | string[]))
      .filter(Boolean)
  const names = new Map([
    ...(await Membership.names(idsOf('person', 'people', 'assignee'))),
    ...(await ExternalResource.names(idsOf('assignee'))),
  ])
  const projectIds = idsOf('project')
  if (projectIds.length === 0) return names
  for (const { id, code, name } of await projectNames(viewer, projectIds)) {
    names.set(id, `${code} ${name}`)
  }
  return names
}

function inputName({ key, kind }: Field) {
  return kind === 'people' ? `${string.snakeCase(key)}[]` : string.snakeCase(key)
}

function same(left: unknown, right: unknown) {
  return plain(left).trim() === plain(right).trim()
}

/** A value in the form in which a form field carries it. */
function plain(value: unknown) {
  return String(value ?? '').replaceAll('\r\n', '\n')
}

function display(value: unknown, field: Field, names: Map<string, string>): string {
  const text = plain(value)
  if (text === '') return ''
  if (field.kind === 'people') return namesOf(text.split(','), names)
  if (field.kind === 'person' || field.kind === 'assignee') return namesOf([text], names)
  if (field.kind === 'project') return names.get(text) ?? 'A project you cannot see'
  if (field.kind === 'date') return day(text)
  if (field.kind === 'scale') return `${text} ${field.choices?.[text]}`
  return field.choices?.[text] ?? text
}

function namesOf(ids: string[], names: Map<string, string>) {
  return ids.map((id) => names.get(id) ?? 'Former member').join(', ')
}
