export async function historyOf(..._args: any[]): Promise<any[]> {
  return []
}
