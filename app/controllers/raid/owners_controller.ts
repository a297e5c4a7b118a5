import type { HttpContext } from '@adonisjs/core/http'
import { refuseViolations } from '#controllers/raid/input'
import Membership from '#models/membership'
import RaidItem from '#models/raid_item'
import RaidItemPolicy from '#policies/raid_item_policy'
import { updateOwner } from '#validators/raid_item'

export default class OwnersController {
  /** The small form that a list loads into the owner's cell, or a page of its own without JavaScript. */
  async edit({ bouncer, htmx, params, project, request, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const members = await Membership.choices()
    const options = members.map(({ id, name }) => ({ value: id, label: name }))
    return htmx.page('pages/raid_items/owner', {
      item,
      members: options,
      fromList: request.qs().list === '1',
    })
  }

  async update({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const { owner_id: ownerId, lock_version: version } = await request.validateUsing(updateOwner)
    await item.lockRow(version)
    item.merge({ ownerId: ownerId ?? null, ownerLabel: null })
    await refuseViolations(item)
    await item.saveRevision('raid_item.owner_changed')
    session.flash('success', `${item.ref} has a new owner.`)
    const list = `/projects/${project.id}/raid?type=${item.type}`
    return response
      .redirect()
      .status(303)
      .toPath(
        request.input('return_to') === 'list' ? list : `/projects/${project.id}/raid/${item.id}`
      )
  }
}
