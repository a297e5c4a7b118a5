import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { mentionedIn, mentionOf, writeMentions } from '#models/mention'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { notify } from '#models/notification'
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

  /** Adds a remark by the member at work, and tells those whom it mentions. */
  static async add(item: RaidItem, project: Project, text: string) {
    const comment = new Comment()
    const authorId = Tenancy.current().membershipId!
    const body = await writeMentions(text, project)
    comment.merge({ raidItemId: item.id, authorId, body })
    comment.$extras = { projectId: project.id, ref: item.ref }
    await comment.save()
    await comment.#tellMentioned(item, project)
    return comment
  }

  async #tellMentioned(item: RaidItem, project: Project) {
    await notify({
      kind: 'mention',
      to: mentionedIn(this.body),
      path: `/projects/${project.id}/raid/${item.id}#comment-${this.id}`,
      title: `${mentionOf(this.authorId)} mentioned you in ${item.calling}`,
      detail: this.body,
      key: `mention:${this.id}`,
      ...{ project, item },
    })
  }

  @column()
  declare raidItemId: string

  @column()
  declare authorId: string

  @column()
  declare body: string
}
