import PrivacyRequest from '#models/privacy_request'

/** The request that a step is about, as it was shown. Throws StaleRecord when somebody took another step since. */
export async function findForStep(id: string, version: number) {
  const found = await PrivacyRequest.findById(id)
  await found.lockRow(version)
  return found
}
