/** A value is named by its event's id and its path. */
type Finding = {
  code: 'unlawful_redaction' | 'redaction_unsealed' | 'redaction_undone'
  value: string
}

/**
 * Matches blanked values with the redaction events that name them, in whichever order they come: a redaction can have a
 * lower transaction number than the event it redacts.
 */
export class Redactions {
  seen = 0
  #unnamed = new Set<string>()
  #unseen = new Set<string>()
  #gone = new Set<string>()
  #claimed = new Set<string>()

  /** A blanked value was met. */
  see(value: string) {
    this.seen += 1
    if (!this.#unseen.delete(value)) this.#unnamed.add(value)
  }

  /** A redaction event was met; it names paths by event id. An untrusted one only claims them. */
  name(redacted: Record<string, string[]>, isBelieved = true) {
    for (const [event, paths] of Object.entries(redacted)) {
      for (const path of paths) {
        const value = `${event} ${path}`
        if (!isBelieved) this.#claimed.add(value)
        else if (!this.#unnamed.delete(value)) this.#unseen.add(value)
      }
    }
  }

  /** An event was removed, so values of it blanked earlier will not be met. */
  forget(event: string) {
    this.#gone.add(event)
  }

  /** What was left without its counterpart. */
  findings(): Finding[] {
    const undone = [...this.#unseen].filter((value) => !this.#gone.has(value.split(' ')[0]))
    return [
      ...[...this.#unnamed].map((value): Finding => ({
        code: this.#claimed.has(value) ? 'redaction_unsealed' : 'unlawful_redaction',
        value,
      })),
      ...undone.map((value): Finding => ({ code: 'redaction_undone', value })),
    ]
  }
}
