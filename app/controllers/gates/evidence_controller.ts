import type { HttpContext } from '@adonisjs/core/http'
import { sendFile } from '#controllers/file_answer'
import { criterionIn, ownCriterionIn } from '#controllers/gates/loading'
import { handedIn } from '#controllers/uploads'
import { holdOpen } from '#models/gate/assessing'
import GateEvidence from '#models/gate_evidence'
import type GateCriterion from '#models/gate_criterion'
import RaidItem from '#models/raid_item'
import { refIn } from '#models/raid/refs'
import { openFile } from '#models/stored_file/files'
import { refuse } from '#models/violation'
import GateCriterionPolicy from '#policies/gate_criterion_policy'
import { evidenceKind, evidenceLink, evidenceRecord } from '#validators/gate'

export default class EvidenceController {
  /** Adds a file, a link or an entry of the RAID log. */
  async store(ctx: HttpContext) {
    const { params, request, response, session } = ctx
    const { gate, criterion, page } = await ownCriterionIn(ctx, params.criterion_id)
    const { kind } = await request.validateUsing(evidenceKind)
    await holdOpen(gate, kind === 'link' ? 'url' : kind)
    const evidence = await add[kind](ctx, criterion)
    session.flash('success', `${evidence.name} was added.`)
    return response.seeOther(`${page}#evidence`)
  }

  async show(ctx: HttpContext) {
    const { criterion } = await criterionIn(ctx, ctx.params.criterion_id)
    const evidence = await GateEvidence.findIn(criterion, ctx.params.id)
    const { file, name } = evidence
    return sendFile(ctx, { ...file, name }, await openFile(file))
  }

  async destroy(ctx: HttpContext) {
    const { bouncer, params, project, response, session } = ctx
    const { gate, criterion, page } = await criterionIn(ctx, params.criterion_id)
    await GateEvidence.findIn(criterion, params.id)
    await bouncer.with(GateCriterionPolicy).authorize('assess', criterion, project)
    await holdOpen(gate, 'evidence')
    // Someone else may have removed it while this waited for the gate.
    const evidence = await GateEvidence.findIn(criterion, params.id)
    await evidence.remove()
    session.flash('success', `${evidence.name} was removed.`)
    return response.seeOther(`${page}#evidence`)
  }
}

const add = {
  async file({ request }: HttpContext, criterion: GateCriterion) {
    const { name, bytes } = await handedIn(request)
    return GateEvidence.addFile(criterion, name, bytes)
  },
  async link({ request }: HttpContext, criterion: GateCriterion) {
    const { url, name } = await request.validateUsing(evidenceLink)
    return GateEvidence.addLink(criterion, url, name ?? null)
  },
  async record({ project, request, viewer }: HttpContext, criterion: GateCriterion) {
    const { record } = await request.validateUsing(evidenceRecord)
    const item = await RaidItem.findByRef(project, viewer, refIn(record))
    if (!item) return refuse('record', `There is no ${record} in this project that you can see`)
    return GateEvidence.addRecord(criterion, item)
  },
}
