import { DateTime } from 'luxon'
import { officeOrganisation } from '#models/office/organisations'
import SystemAlert, { alertKinds, mailedTo } from '#models/system_alert'
import { namesOfOrganisations } from '#models/office/organisations'
import { readersZone } from '#models/time_zone'
import { iso, moment } from '#registries/formats'
import * as terms from '#registries/terms'

/** The state of `pages/backoffice/alerts/index`. */
export async function alertListState() {
  const alerts = await SystemAlert.latest()
  const names = await namesOfOrganisations(alerts.map(({ targetId }) => targetId))
  return {
    alerts: alerts.map((alert) => ({
      id: alert.id,
      body: alert.body,
      kind: terms.alertKinds[alert.kind],
      for: alert.targetId ? (names.get(alert.targetId) ?? 'One organisation') : 'Everyone',
      mailed: alert.readers && `Emailed to ${mailedTo[alert.readers].toLowerCase()}`,
      begins: moment(alert.beginsAt),
      ends: moment(alert.endsAt),
      endsAt: iso(alert.endsAt),
      state: stateOf(alert),
      isOpen: alert.endsAt > DateTime.utc(),
    })),
  }
}

/** The state of `pages/backoffice/alerts/create`; with an organisation, for that one only. */
export async function alertFormState(organisationId: unknown) {
  const target = organisationId ? await officeOrganisation(String(organisationId)) : null
  const now = DateTime.now().setZone(readersZone())
  return {
    target: target && { id: target.id, name: target.name },
    kinds: Object.entries(alertKinds).map(([value, label]) => ({
      value,
      label: KINDS[value] ?? label,
    })),
    readers: [
      { value: '', label: 'Nobody' },
      ...Object.entries(mailedTo).map(([value, label]) => ({ value, label })),
    ],
    zone: readersZone(),
    ends: now.plus({ hours: 2 }).toFormat("yyyy-MM-dd'T'HH:00"),
  }
}

const KINDS: Record<string, string> = {
  notice: 'Notice: readers can dismiss it',
  maintenance: 'Maintenance: shown until it ends',
  incident: 'Incident: shown until it ends',
}

function stateOf({ beginsAt, endsAt }: SystemAlert) {
  const now = DateTime.utc()
  if (endsAt <= now) return { label: 'Ended', icon: 'stopped' }
  if (beginsAt > now) return { label: 'Scheduled', icon: 'clock', tone: 'info' }
  return { label: 'Shown now', icon: 'done', tone: 'good' }
}
