import env from '#start/env'
import { keysIn } from '#config/key_rules'

/**
 * The key in use, then those before it: what was hashed or signed under one of them is still recognised. Cookies are
 * encrypted by the one in use alone.
 */
export const appKeys: string[] = [
  env.get('APP_KEY').release(),
  ...keysIn(env.get('APP_KEYS_PREVIOUS')?.release() ?? ''),
]
