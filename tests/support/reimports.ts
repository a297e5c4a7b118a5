import type { ApiClient } from '@japa/api-client'
import { controls } from '#models/import/controls'
import { types, type RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import Task from '#models/task'
import { Importing } from '#tests/support/imports'
import { edited, exported, type Edit } from '#tests/support/own_exports'

/** Content that files and spreadsheets tend to spoil. */
const AWKWARD = {
  title: '=SUM(1,2) "quoted", and 100 %',
  description: 'First line\n\nSecond;  line\twith tab\n- a list\n',
}

/** Someone who exports lists of a project and brings them back. */
export class Reimporting extends Importing {
  /** Entries of every type and tasks, with what is awkward in files. */
  async furnish() {
    return this.world.inside(async () => {
      const raised: Record<string, RaidItem[]> = {}
      for (const type of Object.keys(types) as RaidType[]) {
        raised[type] = [
          await RaidItem.raise(this.project, {
            type,
            ...AWKWARD,
            ownerId: this.person.membershipId,
            dueOn: '2027-03-04',
            ...(type === 'risk' && { currentLikelihood: 4, currentImpact: 2, category: 'legal' }),
          }),
          await RaidItem.raise(this.project, {
            type,
            title: `A second ${type}`,
            ownerLabel: 'Somebody Else',
            ...(type === 'risk' && { currentLikelihood: 3, currentImpact: 3, effect: 'Bad' }),
          }),
        ]
      }
      const [, second] = raised.assumption
      await RaidLink.create({ fromId: second.id, toId: raised.risk[0].id, kind: 'invalidated_by' })
      const give = (title: string, more: Partial<Task> = {}) =>
        Task.add(this.project, { title, assigneeId: this.person.membershipId, ...more })
      const whole = await give('Whole', { ...AWKWARD, dueOn: '2027-02-01' } as Partial<Task>)
      const tasks = [whole, await give('Part', { parentId: whole.id }), await give('Other')]
      return { risks: raised.risk, assumptions: raised.assumption, tasks }
    }, this.person)
  }

  /** Exports a list, changes cells, and uploads the result. Returns the address of its draft. */
  async bringBack(client: ApiClient, list: string, format: 'csv' | 'xlsx', edits: Edit[]) {
    const file = await exported(client, `/projects/${this.project.id}/${list}`, this.person)
    const name = `${list.split('.')[0]}.${format}`
    return this.upload(client, await edited(file, format, edits), name)
  }

  /** Imports what this preview shows, as having been seen. */
  async confirm(client: ApiClient, path: string, page: string) {
    const form = { [controls.seen]: seenIn(page) }
    const response = await this.execute(client, path).form(form)
    response.assertHeader('location', path)
  }

  /** Every entry, the oldest first. */
  itemsNow() {
    return this.world.inside(async () => {
      const items = await RaidItem.query().orderBy('id')
      return items.map((item) => item.refersTo(this.project))
    })
  }

  /** Every task, the oldest first. */
  tasksNow() {
    return this.world.inside(async () => {
      const tasks = await Task.query().orderBy('id')
      return tasks.map((task) => task.refersTo(this.project))
    })
  }
}

/** What a form of the preview says was seen. */
export function seenIn(page: string) {
  return /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

const APART = ['lockVersion', 'updatedAt']

/** The fields that have changed, each with its record's ref and its value. */
export function differences<T extends RaidItem | Task>(before: T[], after: T[]) {
  const now = new Map(after.map((record) => [record.id, record]))
  return before
    .flatMap((record) =>
      Object.keys(record.$attributes)
        .filter((name) => !APART.includes(name))
        .map((name) => [record.ref, name, now.get(record.id)!.$attributes[name]] as const)
        .filter(([, name, value]) => String(value) !== String(record.$attributes[name]))
    )
    .sort((one, other) => `${one}`.localeCompare(`${other}`))
    .map((difference) => [...difference])
}
