import Membership from '#models/membership'
import Programme from '#models/programme'
import type Project from '#models/project'
import type { EscalationLevel } from '#models/raid/enumerations'

/** Who is responsible for the levels above a project: for its programme also the programme's manager. */
export async function answerersAbove({
  programmeId,
}: Project): Promise<Record<EscalationLevel, string[]>> {
  const office = await Membership.holding('pmo')
  const programme = programmeId ? await Programme.findOrFail(programmeId) : null
  return {
    programme: programme?.managerId ? [programme.managerId, ...office] : office,
    organisation: office,
  }
}
