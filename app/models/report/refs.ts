/** Such as ATLAS-SR4: the project's code and the report's number in it. Its versions share it. */
export function reportRef(code: string, number: number) {
  return `${code}-SR${number}`
}
