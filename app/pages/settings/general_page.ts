import type Organisation from '#models/organisation'
import { sizeInWords } from '#models/text/sizes'
import type { Allowance } from '#models/organisation/quotas'
import type { SettingsPage } from '#pages/settings/settings_page'

/** The organisation's name and time zone. */
export const generalSettings: SettingsPage<Organisation> = {
  section: 'general',
  type: 'organisation',
  fields: [
    { key: 'name', label: 'Name of the organisation', kind: 'line' },
    { key: 'timeZone', label: 'Time zone', kind: 'line' },
  ],
  values: ({ name, timeZone }) => ({ name, timeZone }),
}

/** The organisation's limits, and how much of each is used; empty when nothing is limited. */
export function limitLines({ members, projects, storage }: Allowance) {
  return [
    { label: 'Members, open invitations included', ...members, show: String },
    { label: 'Projects', ...projects, show: String },
    { label: 'Files', ...storage, show: sizeInWords },
  ].flatMap(({ label, used, most, show }) =>
    most === null ? [] : [{ label, value: `${show(used)} of ${show(most)}` }]
  )
}
