import ConsentRecord from '#models/consent_record'
import PersonFlag from '#models/person_flag'
import PolicyNotice from '#models/policy_notice'
import PolicyPublication from '#models/policy_publication'
import PrivacyRequest from '#models/privacy_request'
import type { World } from '#tests/support/world'

/** Rows that otherwise stand in the platform's own tenancy: the walls hold there as anywhere. */
export async function addPrivacyRows(world: World) {
  const { userId } = await world.person('manager')
  await world.inside(async () => {
    const version = new Date(Math.random() * Date.now()).toISOString().slice(0, 10)
    await PolicyPublication.publish({ version, fingerprint: '0'.repeat(64), material: true })
    await PolicyNotice.show(userId, version)
    const request = await PrivacyRequest.receive({
      ...{ kind: 'access', channel: 'profile', userId, details: 'Everything' },
      contact: { name: 'A person', email: 'person@example.test' },
    })
    await request.sendCode()
    await request.inform('Resend', 'informed')
    await request.decline('excessive', 'You had a copy last week.')
    await PersonFlag.raise(userId, 'object_ai', { setBy: 'desk', requestId: request.id })
    await ConsentRecord.keep({
      ...{ notice: '0'.repeat(64), policyVersion: version, receipt: null, userId },
      ...{ decision: 'denied', mechanism: 'banner' },
    })
  })
}
