import { compose } from '@adonisjs/core/helpers'
import { BaseModel, beforeSave, beforeUpdate, column } from '@adonisjs/lucid/orm'
import { enqueue } from '#jobs/enqueue'
import { audited } from '#models/mixins/audited'
import { onePerOrganisation } from '#models/mixins/one_per_organisation'
import { tenanted } from '#models/mixins/tenanted'
import { bandLabels, bandNames, Scoring, SCORES, type Band } from '#models/raid/scoring'
import { refuseAll, type Violation } from '#models/violation'
import Tenancy from '#tenancy/tenancy'

/** How the organisation scores: where its bands begin, what it accepts, and what its steps mean. */
export default class RaidScoring extends compose(BaseModel, tenanted, audited, onePerOrganisation) {
  static table = 'raid_scoring'
  static audit = { type: 'raid_scoring' }

  @column() declare mediumFrom: number
  @column() declare highFrom: number
  @column() declare severeFrom: number
  @column() declare appetite: number
  /** The names of the five steps, and what each means here; lowest first. */
  @column() declare likelihoodLabels: string[]
  @column() declare likelihoodMeanings: string[]
  @column() declare impactLabels: string[]
  @column() declare impactMeanings: string[]

  @beforeSave()
  static refuseUnusableBands(row: RaidScoring) {
    const found = [...row.#unordered(), ...row.#repeated()]
    refuseAll(found.length > 0 ? found : row.#empty())
  }

  /** The value that issues are sorted by was computed from the former bands. */
  @beforeUpdate()
  static async rateAnew(row: RaidScoring) {
    const isMoved = bandNames.some((band) => `${band}From` in row.$dirty)
    if (isMoved) await enqueue(Tenancy.current().trx, 'rate_issues')
  }

  /** The scoring values, whether saved or only typed. */
  get scoring() {
    const { mediumFrom, highFrom, severeFrom, appetite, likelihoodLabels, impactLabels } = this
    const labels = { likelihood: likelihoodLabels, impact: impactLabels }
    return new Scoring({ mediumFrom, highFrom, severeFrom, appetite, ...labels })
  }

  #unordered(): Violation[] {
    const beginnings: [Band, number][] = [
      ['low', 1],
      ['medium', this.mediumFrom],
      ['high', this.highFrom],
      ['severe', this.severeFrom],
    ]
    return beginnings.slice(1).flatMap(([band, from], index) => {
      const [below, start] = beginnings[index]
      if (from > start) return []
      return [
        {
          field: `${band}_from`,
          message: `${bandLabels[band]} begins above ${bandLabels[below]}: enter more than ${start}`,
        },
      ]
    })
  }

  /** Not every number is the product of two from 1 to 5, so a narrow band might be unreachable. */
  #empty(): Violation[] {
    const scores = this.scoring
    return bandNames
      .filter((band) => !SCORES.some((score) => scores.bandOf(score) === band))
      .map((band) => ({
        field: band === 'low' ? 'medium_from' : `${band}_from`,
        message: `No likelihood times impact makes a score from ${scores.bands[band].from} to ${scores.bands[band].to}: ${bandLabels[band]} would stay empty`,
      }))
  }

  #repeated(): Violation[] {
    const sides = { likelihood: this.likelihoodLabels, impact: this.impactLabels }
    return Object.entries(sides).flatMap(([side, labels]) => {
      const folded = labels.map((label) => label.toLowerCase())
      return folded.flatMap((label, index) =>
        folded.indexOf(label) === index
          ? []
          : [
              {
                field: `${side}_label_${index + 1}`,
                message: 'Another stop is called this already',
              },
            ]
      )
    })
  }
}
