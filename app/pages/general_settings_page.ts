import type Organisation from '#models/organisation'
import type { SettingsPage } from '#pages/settings_page'

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
