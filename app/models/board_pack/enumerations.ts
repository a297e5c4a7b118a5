export const packStatuses = {
  queued: 'Waiting',
  running: 'Being created',
  ready: 'Ready',
  failed: 'Failed',
  expired: 'Expired',
} as const

export type PackStatus = keyof typeof packStatuses

/** The formats of a pack. */
export const packFormats = {
  pdf: { label: 'PDF', type: 'application/pdf' },
  pptx: {
    label: 'PowerPoint',
    type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  },
} as const

export type PackFormat = keyof typeof packFormats

export const MOST_PAGES = 30
export const DAYS_KEPT = 7
