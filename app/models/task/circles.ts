/** What waits for what: the ids of a task's predecessors, by its id. */
type Waiting = ReadonlyMap<string, ReadonlySet<string>>

type Visit = { id: string; at: number; next: Iterator<string>; lowest: number }

/**
 * The circles in which tasks wait for each other, by the tasks' ids: two that do, by however many steps, have the same
 * circle. In one pass (Tarjan's), since a file may move thousands, and without recursion, since a chain may be as long.
 */
export function circlesOf(waiting: Waiting): Map<string, number> {
  const circles = new Map<string, number>()
  const seen = new Map<string, number>()
  const open: string[] = []
  const path: Visit[] = []
  const enter = (id: string) => {
    const at = seen.size
    seen.set(id, at)
    open.push(id)
    path.push({ id, at, next: (waiting.get(id) ?? new Set<string>()).values(), lowest: at })
  }
  const leave = ({ id, at, lowest }: Visit) => {
    path.pop()
    const before = path.at(-1)
    if (before) before.lowest = Math.min(before.lowest, lowest)
    if (lowest < at) return
    for (let last = open.pop()!; ; last = open.pop()!) {
      circles.set(last, at)
      if (last === id) return
    }
  }
  for (const start of waiting.keys()) {
    if (!seen.has(start)) enter(start)
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const { done, value } = visit.next.next()
      if (done) leave(visit)
      else if (!seen.has(value)) enter(value)
      else if (!circles.has(value)) visit.lowest = Math.min(visit.lowest, seen.get(value)!)
    }
  }
  return circles
}
