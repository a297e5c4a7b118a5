import env from '#start/env'

/** The keys that seal what the database must not tell: the one in use, and those before it. */
export const dataKeys = {
  current: env.get('DATA_KEY').release(),
  previous: env.get('DATA_KEYS_PREVIOUS')?.release() ?? '',
}
