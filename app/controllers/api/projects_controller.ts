import type { HttpContext } from '@adonisjs/core/http'
import { answerCreated, answerList, answerRecord, layOver } from '#controllers/api/answers'
import { refuseUnknownFields } from '#controllers/api/body'
import { queryOf } from '#controllers/api/query'
import { toAttributes } from '#controllers/attributes'
import { begin, save } from '#controllers/projects/saving'
import { tellProject as told, projects, writableProject } from '#pages/api/projects'
import { updateProject } from '#validators/project'

export default class ProjectsController {
  async index(ctx: HttpContext) {
    return answerList(ctx, await projects(ctx.viewer, queryOf(ctx)))
  }

  async store(ctx: HttpContext) {
    refuseUnknownFields(ctx)
    const project = await begin(ctx.request)
    return answerCreated(ctx, `/api/v1/projects/${project.id}`, told(project), project)
  }

  show(ctx: HttpContext) {
    return answerRecord(ctx, told(ctx.project), ctx.project)
  }

  async update(ctx: HttpContext) {
    const { project, request } = ctx
    layOver(ctx, writableProject(project), project)
    const { lock_version: version, ...fields } = await request.validateUsing(updateProject)
    await save(project, toAttributes(fields), version)
    return answerRecord(ctx, told(project), project)
  }
}
