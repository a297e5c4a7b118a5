import type { LucidRow } from '@adonisjs/lucid/types/model'
import type { Viewer } from '#identity/viewer'
import type { Field } from '#models/raid/fields'
import type { Comparison } from '#pages/comparison'
import type { Values } from '#pages/two_versions'
import type { Ability } from '#policies/permissions'

/** One page of the organisation's settings. */
export type SettingsPage<Row> = {
  section: Section
  /** The type of the events that record its changes. */
  type: string
  fields: Field[]
  /** The values that the form shows, by the attribute that each sets. */
  values: (row: Row) => Values
}

type Tab = { label: string; path: string; read: Ability; change: Ability }

const sections = {
  general: tab('General', '/settings', 'organisation.update'),
  scoring: tab('RAID scoring', '/settings/scoring', 'governance.read', 'governance.manage'),
  categories: tab('Categories', '/settings/categories', 'governance.read', 'governance.manage'),
  gates: tab('Gates', '/settings/gates', 'governance.read', 'governance.manage'),
  lifecycles: tab('Lifecycles', '/settings/lifecycles', 'governance.read', 'governance.manage'),
  assistant: tab('Assistant', '/settings/assistant', 'organisation.update'),
  retention: tab('Retention', '/settings/retention', 'organisation.update'),
  accesses: tab('Platform access', '/settings/accesses', 'organisation.update'),
  tokens: tab('Tokens', '/settings/tokens', 'integration.manage'),
  webhooks: tab('Webhooks', '/settings/webhooks', 'integration.manage'),
} satisfies Record<string, Tab>

type Section = keyof typeof sections

/** Where a page of settings is opened and saved. */
export function pathOf(section: Section) {
  return sections[section].path
}

/** What every page of settings shows: the others that the viewer may open, and whether they may save. */
export function settingsState(section: Section, viewer: Viewer) {
  return {
    tabs: Object.entries(sections)
      .filter(([, { read }]) => viewer.can(read))
      .map(([key, { label, path }]) => ({ label, href: path, current: key === section })),
    action: sections[section].path,
    can: { change: viewer.can(sections[section].change) },
  }
}

/** The form of one page with its values, so that a later conflict can tell what its user changed. */
export function settingsFormState<Row extends LucidRow & { lockVersion: number }>(
  page: SettingsPage<Row>,
  row: Row,
  viewer: Viewer
) {
  const values = page.values(row)
  return {
    ...settingsState(page.section, viewer),
    values,
    version: row.lockVersion,
    shown: JSON.stringify(values),
  }
}

/** Settings that two people changed. */
export function settingsComparison<Row extends LucidRow>(
  page: SettingsPage<Row>,
  present: Row,
  mine: Values
): Comparison {
  const { label, path } = sections[page.section]
  return {
    label: 'these settings',
    type: page.type,
    action: path,
    back: path,
    current: 'settings',
    crumbs: [{ href: path, label: `Settings, ${label}` }],
    fields: page.fields,
    present,
    mine,
    theirs: page.values(present),
  }
}

function tab(label: string, path: string, read: Ability, change = read): Tab {
  return { label, path, read, change }
}
