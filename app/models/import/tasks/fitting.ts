import type { RecordRow } from '#imports/index'
import { beginning } from '#models/text/beginning'
import { withoutNulls } from '#models/import/settling'
import type Task from '#models/task'

const LONGEST_TEXT = 19_000

type Fitted = {
  values: Partial<Task> & { ownerLabel?: string }
  text: string
  notes: string[]
}

/** Fits a row to what a task can hold. What a field cannot take stays readable, and is reported. */
export function fitting({ attributes }: RecordRow): Fitted {
  const { description = '', closedOn, predecessors, ...values } = withoutNulls(attributes)
  const kept: string[] = []
  const notes: string[] = []
  if (values.startOn && values.dueOn && values.startOn > values.dueOn) {
    kept.push(`Start in the file: ${values.startOn}`)
    notes.push('Start kept in the description: it comes after the due date')
    delete values.startOn
  }
  if (closedOn && values.status === 'done') values.completedOn = closedOn
  else if (closedOn) {
    kept.push(`Completed in the file: ${closedOn}`)
    notes.push('Completion kept in the description: the task is not done')
  }
  const whole = [description, ...kept].filter(Boolean).join('\n\n')
  if (whole.length > LONGEST_TEXT) {
    notes.push(`Description is longer than ${LONGEST_TEXT} characters and was cut`)
  }
  return { values, text: beginning(whole, LONGEST_TEXT), notes }
}
