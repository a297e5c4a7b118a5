import db from '@adonisjs/lucid/services/db'
import { digestOfSecret } from '#models/api_token/secret'
import type { Scope, ServiceRole } from '#models/api_token/scopes'
import { sql } from '#tenancy/sql'

/** How many requests a token may make in each window. */
export const REQUESTS = 300
export const WINDOW_SECONDS = 60

/** The token behind a request, whose it is, and how much of its window is used. */
export type UsedToken = {
  id: string
  name: string
  scopes: Scope[]
  /** Of a service; null where a member acts. */
  role: ServiceRole | null
  userId: string | null
  organisation: { id: string; name: string }
  expiresAt: string
  used: number
  /** Until the window ends. */
  seconds: number
}

/** Finds who holds a secret and counts one request; null where nobody does, or no longer. */
export async function useToken(secret: string): Promise<UsedToken | null> {
  const digest = digestOfSecret(secret)
  if (!digest) return null
  const [{ found }] = await sql(db, 'select directory.use_api_token(?, ?, ?) as found', [
    digest,
    REQUESTS,
    WINDOW_SECONDS,
  ])
  return found
}
