import { compose } from '@adonisjs/core/helpers'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import { mentionedIn, mentionOf, withoutMentions, writeMentions } from '#models/text/mention'
import { audited } from '#models/mixins/audited'
import { tenanted } from '#models/mixins/tenanted'
import { notifyAll } from '#models/notification'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import type Task from '#models/task'
import { audiencesOf } from '#models/task/audience'
import { orGone } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** What people comment on. */
type Commented = RaidItem | Task

/** A comment on a RAID item or a task, in Markdown. */
export default class Comment extends compose(BaseModel, tenanted, audited) {
  static audit = {
    type: 'comment',
    project: (row: Comment) => row.$extras.projectId ?? null,
    facts: (row: Comment) => ({
      ref: row.$extras.ref,
      target: row.raidItemId ?? row.taskId,
      // What answers a confidential entry is as confidential.
      source: row.$extras.source,
    }),
    skip: ['raidItemId', 'taskId', 'authorId', 'authorExternalId'],
  }

  /** Adds a comment by the member at work, and notifies the people it mentions. */
  static async add(on: Commented, project: Project, text: string) {
    const comment = new Comment()
    const authorId = Tenancy.current().membershipId!
    const body = await writeMentions(text, project)
    comment.merge({ ...subjectOf(on), authorId, body })
    comment.$extras = { projectId: project.id, ref: on.ref, source: sourceOf(on) }
    await orGone(comment.save())
    await comment.#tellMentioned(on, project)
    return comment
  }

  /** Adds a comment by the person outside at work. It mentions no one: they know no members. */
  static async addFromOutside(on: Task, text: string) {
    const comment = new Comment()
    const body = withoutMentions(text)
    comment.merge({ taskId: on.id, authorExternalId: Tenancy.current().externalId, body })
    comment.$extras = { projectId: on.projectId, ref: on.ref, source: on.raidItemId }
    return orGone(comment.save())
  }

  async #tellMentioned(on: Commented, project: Project) {
    const to = mentionedIn(this.body)
    if (to.length === 0) return
    const audiences =
      on instanceof RaidItem ? [{ to, item: on, calling: on.calling }] : await audiencesOf(on, to)
    const notice = {
      kind: 'mention' as const,
      path: `${pathOf(on)}#comment-${this.id}`,
      detail: this.body,
      key: `mention:${this.id}`,
      project,
    }
    const by = mentionOf(this.authorId!)
    await notifyAll(
      audiences.map(({ calling, ...audience }) => ({
        ...notice,
        ...audience,
        title: `${by} mentioned you in ${calling}`,
      }))
    )
  }

  @column() declare raidItemId: string | null
  @column() declare taskId: string | null
  @column() declare authorId: string | null
  /** The person outside who wrote it, in place of a member. */
  @column() declare authorExternalId: string | null
  @column() declare body: string
}

function subjectOf(on: Commented) {
  return on instanceof RaidItem ? { raidItemId: on.id } : { taskId: on.id }
}

function sourceOf(on: Commented) {
  return on instanceof RaidItem ? null : on.raidItemId
}

function pathOf(on: Commented) {
  const segment = on instanceof RaidItem ? 'raid' : 'tasks'
  return `/projects/${on.projectId}/${segment}/${on.id}`
}
