import type AssistantSettings from '#models/assistant_settings'
import type { SettingsPage } from '#pages/settings/settings_page'
import { amountOf } from '#registries/money'
import { options } from '#registries/terms'

const states = { false: 'Off', true: 'On' }

/** Whether the assistant can be asked, and what it may cost. */
export const assistantSettings: SettingsPage<AssistantSettings> = {
  section: 'assistant',
  type: 'assistant_settings',
  fields: [
    { key: 'is_enabled', label: 'Assistant', kind: 'choice', choices: states },
    { key: 'monthly_budget', label: 'Organisation budget', kind: 'line' },
    { key: 'personal_budget', label: 'Budget for each person', kind: 'line' },
  ],
  values: ({ isEnabled, monthlyBudget, personalBudget }) => ({
    is_enabled: isEnabled,
    monthly_budget: amountOf(monthlyBudget),
    personal_budget: amountOf(personalBudget),
  }),
}

/** Whether the assistant is on, as choices of a form. */
export function assistantOptions() {
  return options(states)
}
