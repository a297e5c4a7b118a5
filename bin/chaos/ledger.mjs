/** What was asked for and how it was answered: what a person would remember of it. */
export class Ledger {
  /** By its key, which is part of what was written. */
  writes = new Map()
  answers = new Map()
  totals = { acknowledged: 0, refused: 0, cut: 0 }
  /** Answers that no one should get, such as a 500, with where to look for their cause. */
  strange = []
  #last = 0

  begin(kind) {
    const key = `chaos-${String(++this.#last).padStart(6, '0')}`
    const write = { key, kind, outcome: 'cut' }
    this.writes.set(key, write)
    return write
  }

  /** Only the address of the result acknowledges it: a refused form redirects too. */
  end(write, answer, acknowledges) {
    const status = answer?.status ?? 0
    write.outcome = outcomeOf(answer, acknowledges)
    this.totals[write.outcome]++
    const name = status === 0 ? `cut (${answer?.error ?? 'no answer'})` : String(status)
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1)
    const isStrange = write.outcome === 'refused' && status !== 503 && !write.mayBeLate
    if (isStrange)
      this.strange.push({ write, status, location: answer.location, body: answer.body })
    return write.outcome === 'acknowledged'
  }

  of(kind) {
    return [...this.writes.values()].filter((write) => write.kind === kind)
  }
}

function outcomeOf(answer, acknowledges) {
  if (!answer?.status) return 'cut'
  return answer.status === 303 && acknowledges.test(answer.location ?? '')
    ? 'acknowledged'
    : 'refused'
}
