import { buffer } from 'node:stream/consumers'
import { PersonalBundle } from '#exports/personal/bundle'
import type { Bundle } from '#models/privacy_export'
import { subjectOf } from '#exports/personal/subject'
import { zipStream } from '#exports/zip'
import { unzip } from '#tests/support/unzip'

/** The files of a person's export by path. */
export async function bundleOf(who: string, kind: Bundle = 'access') {
  const subject = (await subjectOf(who))!
  return new Files(unzip(await buffer(zipStream(new PersonalBundle(subject, kind).files()))))
}

export class Files {
  constructor(readonly all: Map<string, Buffer>) {}

  get paths() {
    return [...this.all.keys()]
  }

  text(path: string) {
    const bytes = this.all.get(path)
    if (!bytes) throw new Error(`There is no ${path} in the archive`)
    return bytes.toString('utf8')
  }

  json(path: string) {
    return JSON.parse(this.text(path))
  }

  /** The records of a table; none where it has no file. */
  records(name: string): Record<string, any>[] {
    return this.all.has(`data/${name}.json`) ? this.json(`data/${name}.json`) : []
  }

  /** Every file that holds this text. */
  holding(text: string) {
    return this.paths.filter((path) => this.all.get(path)!.includes(text))
  }
}
