import library from 'pptxgenjs'

/** The package's types describe the half of it that CommonJS loads; Node loads the other, whose default is the class. */
const Constructor = library as unknown as typeof library.default

export type Presentation = InstanceType<typeof Constructor>

/** An empty presentation. */
export function presentation(): Presentation {
  return new Constructor()
}
