import type { Viewer } from '#identity/viewer'
import type ExternalResource from '#models/external_resource'
import { holdingsOf, projectsHolding } from '#models/external_resource/holdings'
import { externalHoldingsState } from '#pages/externals/external_pages'
import { roleOptions } from '#pages/people/member_page'
import { waitingFor } from '#pages/people/waiting'

/** The page on which a person outside is invited: what the member they become will take over. */
export async function externalInvitationState(person: ExternalResource, viewer: Viewer) {
  const projects = await projectsHolding(person.id, viewer)
  return {
    external: { id: person.id, name: person.name, email: person.email },
    holdings: externalHoldingsState(await holdingsOf(person.id, viewer)),
    codes: projects.map(({ code }) => code).join(', '),
    roleOptions: roleOptions(viewer),
    waiting: person.email ? await waitingFor([person.email], viewer) : [],
  }
}
