import type { Target } from '#imports/mapping/fields'

/** The field chosen for a column, how sure and why. */
export type Choice = { field: Target; confidence: number; reason: string }

/** Keeps a column as text under its header. */
export const keep = (reason: string): Choice => ({ field: 'keep', confidence: 0.5, reason })

/** A field for a column, how sure it is, and what that rests on. */
export const choose = (field: Target, confidence: number, reason = 'its header'): Choice => ({
  field,
  confidence,
  reason,
})
