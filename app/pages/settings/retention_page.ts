import type RetentionSettings from '#models/retention_settings'
import type { SettingsPage } from '#pages/settings/settings_page'
import { day } from '#registries/formats'

const MOST_SHOWN = 50

/** How long everything is kept. */
export const retentionSettings: SettingsPage<RetentionSettings> = {
  section: 'retention',
  type: 'retention_settings',
  fields: [
    { key: 'closedProjectMonths', label: 'Closed projects, in months', kind: 'line' },
    { key: 'notificationDays', label: 'Notifications, in days', kind: 'line' },
    { key: 'mailDays', label: 'Email content, in days', kind: 'line' },
    { key: 'assistantDays', label: 'Questions to the assistant, in days', kind: 'line' },
  ],
  values: ({ closedProjectMonths, notificationDays, mailDays, assistantDays }) => ({
    closedProjectMonths,
    notificationDays,
    mailDays,
    assistantDays,
  }),
}

/** The projects that the saved settings propose for deletion. */
export async function dueState(settings: RetentionSettings) {
  const due = await settings.dueProjects(MOST_SHOWN)
  return due.map(({ id, code, name, updated_at: changedAt }) => ({
    href: `/projects/${id}`,
    code,
    name,
    since: day(changedAt),
  }))
}
