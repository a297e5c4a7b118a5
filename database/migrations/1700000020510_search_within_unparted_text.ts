import { BaseSchema } from '@adonisjs/lucid/schema'
import { findLikenessAnew, findWithin } from '#database/word_index'

/** Lets the search find Chinese, Japanese or Thai within a title, where no blank tells where a word begins. */
export default class extends BaseSchema {
  async up() {
    for (const [table, name, text] of SEARCHED) this.schema.raw(findWithin(table, name, text))
  }

  async down() {
    for (const [table, name, text] of SEARCHED) this.schema.raw(findLikenessAnew(table, name, text))
  }
}

const SEARCHED = [
  ['projects', 'projects_like', 'lower(name)'],
  ['gates', 'gates_like', 'lower(name)'],
  ['raid_items', 'raid_items_like', 'lower(title)'],
  ['tasks', 'tasks_like', 'lower(title)'],
  ['task_attachments', 'attachments_like', 'lower(name)'],
  ['gate_evidence', 'evidence_like', 'lower(name)'],
]
