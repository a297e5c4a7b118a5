/** Why the product does not begin with these settings. Whoever starts it is told so in words, without our code. */
export class StartRefused extends Error {
  code = 'E_START_REFUSED'
}
