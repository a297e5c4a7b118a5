/** A person's locale and PG* variables must not change how the server behaves. */
export const ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
