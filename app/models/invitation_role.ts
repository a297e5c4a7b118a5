import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { tenanted } from '#models/mixins/tenanted'
import type { GrantableRole } from '#models/project_member'

/** A role in a project that an invitation brings with it. */
export default class InvitationRole extends compose(BaseModel, tenanted) {
  @column() declare invitationId: string
  @column() declare projectId: string
  @column() declare role: GrantableRole
}
