/** Such as ATLAS-G2: the project's code and the gate's number in it. */
export function gateRef(code: string, number: number) {
  return `${code}-G${number}`
}
