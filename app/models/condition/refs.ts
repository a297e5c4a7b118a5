/** Such as ATLAS-C3. */
export function conditionRef(code: string, number: number) {
  return `${code}-C${number}`
}
