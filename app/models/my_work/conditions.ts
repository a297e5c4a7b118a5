import { awaitedConditions, type AwaitedCondition } from '#models/condition/awaited'
import { conditionRef } from '#models/condition/refs'
import { loadOf, type WorkSource } from '#models/my_work/item'

/** The conditions that the viewer has to meet, to verify, or to find an owner for, by when they are due. */
export const myConditions: WorkSource = async (viewer, _, most) => {
  const rows = await awaitedConditions(viewer, most)
  return loadOf(rows, toItem)
}

function whatToDo({ to_verify: toVerify, is_ownerless: isOwnerless }: AwaitedCondition) {
  if (toVerify) return 'Condition to verify'
  return isOwnerless ? 'Condition without an owner' : 'Condition'
}

function toItem(row: AwaitedCondition) {
  return {
    id: row.id,
    what: whatToDo(row),
    icon: 'gate',
    ref: conditionRef(row.code, row.number),
    title: row.text,
    href: `/projects/${row.project_id}/conditions/${row.id}`,
    projectName: row.project_name,
    dueOn: row.due_on,
  }
}
