import { counted, type HealthRule } from '#models/health/rules/rule'

export const changeRequests: HealthRule = {
  key: 'change_requests',
  dimension: 'scope',
  label:
    'Open requests for change and off-specifications: amber when one is of high priority, red when one is critical',
  find({ changes: { high, severe }, hasLog, projectId }) {
    if (!hasLog) return null
    const href = `/projects/${projectId}/raid?type=issue&state=open`
    if (high === 0) {
      const text = 'No request for change or off-specification of high priority is open.'
      return { rating: 'green', text, href }
    }
    const what = counted(
      high,
      'request for change or off-specification',
      'requests for change or off-specifications'
    )
    const critical = severe > 0 ? `, ${severe} of them critical` : ''
    return {
      rating: severe > 0 ? 'red' : 'amber',
      text: `${what} of high priority ${high === 1 ? 'is' : 'are'} open${critical}.`,
      href,
    }
  },
}
