/** Names of the cookies that the guard has stripped since the process started. */
export const strippedCookies = new Set<string>()
