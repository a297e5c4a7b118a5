import type { Scope } from '#models/api_token/scopes'
import type { Schema } from '#pages/api/shape'

type Tag = 'Token' | 'Projects' | 'RAID' | 'Tasks' | 'Gates' | 'Reports' | 'People' | 'Audit'

/** One address of the API with one method, as described. */
export type Operation = {
  tag: Tag
  summary: string
  scope: Scope | null
  query?: Record<string, Schema>
  body?: Schema
  answer: Schema
  /** It changes a record that has versions. */
  isVersioned?: true
}
