/** Names of the cookies that the guard stripped since the process began. */
export const strippedCookies = new Set<string>()
