import type { HttpContext } from '@adonisjs/core/http'
import { packExport } from '#exports/gate_pack/export'
import { packFiles } from '#exports/gate_pack/files'
import { sendZip } from '#exports/zip'
import Gate from '#models/gate'
import GateReview from '#models/gate_review'

export default class PackExportsController {
  /** The pack with its evidence, decisions and proof, to keep and verify outside the product. */
  async show({ params, project, request, response, viewer }: HttpContext) {
    const gate = await Gate.findIn(project, params.gate_id)
    const review = await GateReview.findIn(gate, params.id)
    const pack = await packExport(project, review, viewer, request.id() ?? null)
    await review.recordExport()
    return sendZip(response, `${gate.ref}-round-${review.round}.zip`, packFiles(pack))
  }
}
