import db from '@adonisjs/lucid/services/db'
import { digestOfSecret } from '#models/api_token/secret'
import type { Scope, ServiceRole } from '#models/api_token/scopes'
import { sql } from '#tenancy/sql'

/** The token behind a request, and its owner. */
export type UsedToken = {
  id: string
  name: string
  scopes: Scope[]
  /** For a service; null when a member acts. */
  role: ServiceRole | null
  userId: string | null
  organisation: { id: string; name: string }
  expiresAt: string
}

/** Finds the holder of a secret, and dates its use; null when there is none, or no longer. */
export async function useToken(secret: string): Promise<UsedToken | null> {
  const digest = digestOfSecret(secret)
  if (!digest) return null
  const [{ found }] = await sql(db, 'select directory.use_api_token(?) as found', [digest])
  return found
}
