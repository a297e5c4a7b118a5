/** Why the product does not start with these settings. The reader gets words, not our code. */
export class StartRefused extends Error {
  code = 'E_START_REFUSED'
}
