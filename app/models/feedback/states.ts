export const feedbackStatuses = {
  new: 'New',
  in_progress: 'In progress',
  answered: 'Answered',
  closed: 'Closed',
} as const

export type FeedbackStatus = keyof typeof feedbackStatuses

/** The steps that are taken by hand. `answered` comes with an answer, which can be given at any time. */
const steps: Record<FeedbackStatus, FeedbackStatus[]> = {
  new: ['in_progress', 'closed'],
  in_progress: ['closed'],
  answered: ['in_progress', 'closed'],
  closed: ['in_progress'],
}

/** The statuses that may follow. */
export function stepsFrom(status: FeedbackStatus) {
  return steps[status]
}

/** True when the status may change so. */
export function mayMove(from: FeedbackStatus, to: FeedbackStatus) {
  return steps[from].includes(to)
}
