export const requestStates = {
  requested: 'Waits for an answer',
  approved: 'Became a project',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
} as const

export type RequestState = keyof typeof requestStates
