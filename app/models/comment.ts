import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import type Project from '#models/project'
import type RaidItem from '#models/raid_item'
import Tenancy from '#tenancy/tenancy'

/** A remark on a RAID item, in Markdown. */
export default class Comment extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'comment',
    project: (row: Comment) => row.$extras.projectId ?? null,
    facts: (row: Comment) => ({ ref: row.$extras.ref, target: row.raidItemId }),
    skip: ['raidItemId', 'authorId'],
  }

  /** Adds a remark by the member at work. */
  static add(item: RaidItem, project: Project, body: string) {
    const comment = new Comment()
    comment.merge({ raidItemId: item.id, authorId: Tenancy.current().membershipId!, body })
    comment.$extras = { projectId: project.id, ref: item.ref }
    return comment.save()
  }

  @column()
  declare raidItemId: string

  @column()
  declare authorId: string

  @column()
  declare body: string
}
