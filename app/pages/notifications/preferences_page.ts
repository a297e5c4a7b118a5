import type { Viewer } from '#identity/viewer'
import { kindNames, kindOf, type NotificationKind } from '#models/notification/kinds'
import NotificationPreference, { type Changes, type Channel } from '#models/notification_preference'

/** Everything that the page of preferences shows. */
export async function preferencesState(viewer: Viewer) {
  const choices = await NotificationPreference.of(viewer.membershipId)
  const shown = (channel: Channel) => kindNames.filter((kind) => choices[kind][channel])
  return {
    kinds: kindNames.map((name) => {
      const { label, when, mandatory } = kindOf(name)
      return { name, label, when, mandatory, ...choices[name] }
    }),
    shown: { inApp: shown('inApp'), mail: shown('mail') },
  }
}

type Ticked = Partial<Record<Channel, NotificationKind[]>>

/** The difference between the kinds ticked when a form was shown and those ticked now. */
export function changesBetween(before: Ticked, after: Ticked): Changes {
  const changes: Changes = {}
  for (const channel of ['inApp', 'mail'] as const) {
    const [was, is] = [new Set(before[channel]), new Set(after[channel])]
    for (const kind of kindNames) {
      if (was.has(kind) !== is.has(kind)) {
        changes[kind] = { ...changes[kind], [channel]: is.has(kind) }
      }
    }
  }
  return changes
}
