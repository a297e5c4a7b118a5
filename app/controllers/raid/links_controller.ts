import type { HttpContext } from '@adonisjs/core/http'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import { refIn } from '#models/raid/refs'
import { takeTurns } from '#models/saving/turns'
import { refuse } from '#models/violation'
import RaidItemPolicy from '#policies/raid_item_policy'
import { storeLink } from '#validators/raid_item'

export default class LinksController {
  /** Links the entry to another in its project, named by its ref. */
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const { kind, ref } = await request.validateUsing(storeLink)
    const other = await RaidItem.findByRef(project, viewer, refIn(ref))
    if (!other) refuse('ref', `There is no ${ref} in this project that you can see`)
    if (other.id === item.id) refuse('ref', 'Enter the reference of a different entry')
    if (kind === 'invalidated_by' && !mayFollow(item, other)) {
      refuse('ref', 'Enter the reference of a risk or an issue')
    }
    await takeTurns('projects', project.id)
    if (await RaidLink.exists(item, other, kind)) refuse('ref', `${other.ref} is already linked`)
    await RaidLink.join(item, other, kind)
    session.flash('success', `${item.ref} and ${other.ref} are linked.`)
    return response.seeOther(`/projects/${project.id}/raid/${item.id}`)
  }

  async destroy({ bouncer, params, project, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const link = await RaidLink.findOf(item, params.link_id)
    if (!link.isRemovable)
      refuse('response', 'You cannot remove the link between a risk and the issue it became')
    await link.sever(item)
    session.flash('success', 'The link was removed.')
    return response.seeOther(`/projects/${project.id}/raid/${item.id}`)
  }
}

function mayFollow(item: RaidItem, other: RaidItem) {
  return item.type === 'assumption' && ['risk', 'issue'].includes(other.type)
}
