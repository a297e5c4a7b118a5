import type { HttpContext } from '@adonisjs/core/http'
import { backTo, findForStep } from '#controllers/desk/step'
import PrivacyExport from '#models/privacy_export'
import { refuse } from '#models/violation'
import { lockVersion } from '#validators/lock_version'

export default class ExportsController {
  /** Makes the copy that a request asks for. Once it is ready, it fulfils the request. */
  async store(ctx: HttpContext) {
    const { params, request } = ctx
    const input = await request.validateUsing(lockVersion)
    const found = await findForStep(params.id, input.lock_version)
    const { exportKind: kind, userId } = found
    if (!kind || !userId) refuse('export', 'There is no account to copy data from')
    await PrivacyExport.begin(userId, kind, found.id)
    return backTo(found, ctx, 'The copy is being made. It fulfils the request when it is ready.')
  }
}
