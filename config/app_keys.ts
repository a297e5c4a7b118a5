import env from '#start/env'
import { keysIn } from '#config/key_rules'

/**
 * The current key, then earlier ones: what was hashed or signed under them is still recognised. Cookies are encrypted
 * with the current one only.
 */
export const appKeys: string[] = [
  env.get('APP_KEY').release(),
  ...keysIn(env.get('APP_KEYS_PREVIOUS')?.release() ?? ''),
]
