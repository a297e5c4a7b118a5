import { kindOf } from '#models/notification/kinds'
import NotificationPreference, { type MailsOfKind } from '#models/notification_preference'
import Organisation from '#models/organisation'
import Tenancy from '#tenancy/tenancy'

/** What a link that stops mails shows to its holder. */
export function unsubscriptionState({ organisationId, membershipId, kind }: MailsOfKind) {
  return Tenancy.system(organisationId, async () => {
    const { name } = await Organisation.current()
    const choices = await NotificationPreference.of(membershipId)
    const { label, when, mandatory } = kindOf(kind)
    return {
      from: name,
      kind: { label, when, mandatory },
      isStopped: !choices[kind].mail,
      isInApp: choices[kind].inApp,
      preferences: `/notifications/preferences?organisation=${organisationId}`,
    }
  })
}
