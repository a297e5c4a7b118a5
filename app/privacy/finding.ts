/** Something that the registries say and the product does not do, or the other way round. */
export type Finding = { check: string; text: string; mend: string }

/** Collects the findings of one check. */
export class Findings {
  readonly list: Finding[] = []

  constructor(
    private check: string,
    private mend: string
  ) {}

  /** Adds a finding when `broken`. `mend` says where to fix it, if not in the usual place. */
  add(broken: boolean, text: string, mend = this.mend) {
    if (broken) this.list.push({ check: this.check, text, mend })
    return this
  }
}
