import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'

/** A remark on a RAID item, in Markdown. */
export default class Comment extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'comment',
    project: (row: Comment) => row.$extras.projectId ?? null,
    facts: (row: Comment) => ({ ref: row.$extras.ref, target: row.raidItemId }),
    skip: ['raidItemId', 'authorId'],
  }

  @column()
  declare raidItemId: string

  @column()
  declare authorId: string

  @column()
  declare body: string
}
