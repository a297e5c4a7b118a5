import type { HttpContext } from '@adonisjs/core/http'
import Programme from '#models/programme'
import type Project from '#models/project'
import { escalationLevels } from '#models/raid/enumerations'
import { readEscalationFilters } from '#models/raid/escalation_filters'
import RaidEscalation from '#models/raid_escalation'
import RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import { escalationListState } from '#pages/raid/escalation_list_page'
import RaidEscalationPolicy from '#policies/raid_escalation_policy'
import RaidItemPolicy from '#policies/raid_item_policy'
import { answerEscalation, storeEscalation, takeBackEscalation } from '#validators/raid_escalation'

export default class EscalationsController {
  /** What the projects that the viewer may see ask of their programmes and of the organisation. */
  async index({ htmx, request, viewer }: HttpContext) {
    const list = await escalationListState(viewer, readEscalationFilters(request.qs()))
    return htmx.page('pages/escalations/index', { list })
  }

  /** Hands an entry to a level above the project. */
  async store({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const input = await request.validateUsing(storeEscalation)
    if (input.level === 'programme' && !project.programmeId) {
      refuse('level', 'This project belongs to no programme: escalate it to the organisation')
    }
    await item.lockRow(input.lock_version)
    const { level, reason, ask } = input
    const askedOfId = input.asked_of_id ?? null
    await RaidEscalation.raise(item, project, { level, reason, ask, askedOfId })
    session.flash(
      'success',
      `${item.ref} was escalated to the ${escalationLevels[level].toLowerCase()}.`
    )
    return response.redirect().status(303).toPath(pageOf(item))
  }

  /** The level takes the entry on, or gives it back with a reason. */
  async update({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    const escalation = await RaidEscalation.findLive(item, params.escalation_id)
    await bouncer
      .with(RaidEscalationPolicy)
      .authorize('answer', escalation, await programmeManagerOf(project))
    const {
      decision,
      answer,
      lock_version: version,
    } = await request.validateUsing(answerEscalation)
    if (decision === 'accepted') {
      await escalation.accept(item, project, answer ?? null, version)
    } else {
      if (!answer) refuse('answer', 'Say why it is given back')
      await item.lockRow(item.lockVersion)
      await escalation.giveBack(item, project, answer, version)
    }
    const did = decision === 'accepted' ? 'taken on' : 'given back to the project'
    session.flash('success', `${item.ref} was ${did}.`)
    return response.redirect().status(303).toPath(pageOf(item))
  }

  /** The project makes the entry its own affair again. */
  async destroy({ bouncer, params, project, request, response, session, viewer }: HttpContext) {
    const item = await RaidItem.findVisible(project, viewer, params.id)
    await bouncer.with(RaidItemPolicy).authorize('update', item, project)
    const escalation = await RaidEscalation.findLive(item, params.escalation_id)
    const input = await request.validateUsing(takeBackEscalation)
    await item.lockRow(item.lockVersion)
    await escalation.takeBack(item, input.take_back_reason, input.lock_version)
    session.flash('success', `${item.ref} is the project’s own affair again.`)
    return response.redirect().status(303).toPath(pageOf(item))
  }
}

async function programmeManagerOf({ programmeId }: Project) {
  const programme = programmeId ? await Programme.find(programmeId) : null
  return programme?.managerId ?? null
}

function pageOf(item: RaidItem) {
  return `/projects/${item.projectId}/raid/${item.id}`
}
