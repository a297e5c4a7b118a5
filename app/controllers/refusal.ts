import type { errors } from '@vinejs/vine'
import Tenancy from '#tenancy/tenancy'

/** Why a form was refused, field by field. */
export type Refusal = InstanceType<typeof errors.E_VALIDATION_ERROR>

/**
 * Does what a form asks for. If it is refused, it is rolled back, and `answer` replaces the page that refused forms
 * lead back to.
 */
export async function orRefused<Done, Answer>(
  work: () => Promise<Done>,
  answer: (refusal: Refusal) => Answer | Promise<Answer>
): Promise<Done | Answer> {
  try {
    return await work()
  } catch (error: any) {
    if (error.code !== 'E_VALIDATION_ERROR') throw error
    Tenancy.fail(error)
    return answer(error)
  }
}
