/** Sends one queued mail. */
export async function deliverMail(_organisationId: string, _mailId: string) {}
