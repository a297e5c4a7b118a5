import type { Viewer } from '#identity/viewer'
import StaffAccess from '#models/staff_access'
import { settingsState } from '#pages/settings/settings_page'
import { iso, moment } from '#registries/formats'

/** The state of `pages/settings/accesses`. */
export async function accessesState(viewer: Viewer) {
  const told = await StaffAccess.told()
  return {
    ...settingsState('accesses', viewer),
    accesses: told.map(({ access, pages }) => ({
      id: access.id,
      reason: access.reason,
      pages,
      isOpen: access.isOpen,
      at: iso(access.createdAt),
      began: moment(access.createdAt),
      until: moment(access.endedAt ?? access.expiresAt),
      state: access.isOpen
        ? { label: 'Open', icon: 'open', tone: 'warn' }
        : { label: access.endedAt ? 'Ended early' : 'Ended', icon: 'stopped' },
    })),
  }
}
