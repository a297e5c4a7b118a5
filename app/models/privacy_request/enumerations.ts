export const requestKinds = {
  access: 'A copy of my data',
  portability: 'My data, to take elsewhere',
  rectification: 'Correct my data',
  erasure: 'Delete my data',
  restriction: 'Keep my data but stop using it',
  objection: 'Object to a use of my data',
  complaint: 'Complain about how my data is handled',
} as const

export const requestChannels = {
  profile: 'In the product',
  web: 'Public form',
  mail: 'Email',
  telephone: 'Telephone',
  organisation: 'Their organisation was erased',
} as const

export const requestStatuses = {
  received: 'Received',
  identity: 'Identity being checked',
  working: 'Being worked on',
  clarification: 'Waiting for an answer',
  fulfilled: 'Fulfilled',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
} as const

export const identityMethods = {
  session: 'Signed in within the last hour',
  mailed_code: 'Code sent to the address',
  known_contact: 'Called or written to at a contact we already had',
} as const

export const extensionReasons = {
  complexity: 'The request is complex',
  number_of_requests: 'The number of requests',
} as const

export const refusalGrounds = {
  identity_not_established: 'We could not confirm who made the request',
  manifestly_unfounded: 'Manifestly unfounded',
  excessive: 'Excessive, in particular repeated',
  rights_of_others: 'It would harm the rights of others',
  legal_obligation: 'The law obliges us to keep the data',
  legal_claims: 'The data is needed for legal claims',
  nothing_held: 'We hold no data of this person',
} as const

export type RequestKind = keyof typeof requestKinds
export type RequestChannel = keyof typeof requestChannels
export type RequestStatus = keyof typeof requestStatuses
export type IdentityMethod = keyof typeof identityMethods
export type ExtensionReason = keyof typeof extensionReasons
export type RefusalGround = keyof typeof refusalGrounds

/** The statuses that may follow each one. */
const steps: Record<RequestStatus, RequestStatus[]> = {
  received: ['identity', 'working', 'refused', 'withdrawn'],
  identity: ['working', 'refused', 'withdrawn'],
  working: ['clarification', 'fulfilled', 'refused', 'withdrawn'],
  clarification: ['working', 'refused', 'withdrawn'],
  fulfilled: [],
  refused: [],
  withdrawn: [],
}

/** True when the status may change so. */
export function maySet(from: RequestStatus, to: RequestStatus) {
  return steps[from].includes(to)
}
