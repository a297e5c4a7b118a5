export const requestStates = {
  requested: 'Awaiting an answer',
  approved: 'Project created',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
} as const

export type RequestState = keyof typeof requestStates
