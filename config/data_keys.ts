import env from '#start/env'

/** The keys that seal what the database must not reveal: the current one, and earlier ones. */
export const dataKeys = {
  current: env.get('DATA_KEY').release(),
  previous: env.get('DATA_KEYS_PREVIOUS')?.release() ?? '',
}
