import ConsentRecord from '#models/consent_record'
import PolicyNotice from '#models/policy_notice'
import PolicyPublication from '#models/policy_publication'
import type { World } from '#tests/support/world'

/** Rows that otherwise stand in the platform's own tenancy: the walls hold there as anywhere. */
export async function addPrivacyRows(world: World) {
  const { userId } = await world.person('manager')
  await world.inside(async () => {
    const version = new Date(Math.random() * Date.now()).toISOString().slice(0, 10)
    await PolicyPublication.publish({ version, fingerprint: '0'.repeat(64), material: true })
    await PolicyNotice.show(userId, version)
    await ConsentRecord.keep({
      ...{ notice: '0'.repeat(64), policyVersion: version, receipt: null, userId },
      ...{ decision: 'denied', mechanism: 'banner' },
    })
  })
}
