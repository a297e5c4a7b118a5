import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import type { GrantableRole } from '#models/project_member'

/** A role in a project that comes with an invitation. */
export default class InvitationRole extends compose(BaseModel, tenanted) {
  @column() declare invitationId: string
  @column() declare projectId: string
  @column() declare role: GrantableRole
}
