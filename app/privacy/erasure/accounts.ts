import { validate as isUuid } from 'uuid'
import { accountOf } from '#models/user'
import { erasable, type Erasable } from '#privacy/erasure/door'

/** The account with this id or address; null for none. */
export async function accountNamed(text: string): Promise<Erasable | null> {
  if (isUuid(text)) return erasable(text)
  const id = await accountOf(text)
  return id ? erasable(id) : null
}
