import { number } from '#models/text/numbers'

/** A number of entries and of tasks in words; both when there are both. */
export function records({ entries, tasks }: { entries: number; tasks: number }) {
  const parts = [
    (entries > 0 || tasks === 0) && `${number(entries)} ${entries === 1 ? 'entry' : 'entries'}`,
    tasks > 0 && `${number(tasks)} ${tasks === 1 ? 'task' : 'tasks'}`,
  ]
  return parts.filter(Boolean).join(' and ')
}

/** What an import did, such as `2 entries added, 3 changed`. */
export function broughtWords(done: { entries: number; tasks: number; changed: number }) {
  const { entries, tasks, changed } = done
  const added = entries + tasks > 0 || changed === 0 ? `${records({ entries, tasks })} added` : null
  const changes = changed > 0 && `${number(changed)} changed`
  return [added, changes].filter(Boolean).join(', ')
}
