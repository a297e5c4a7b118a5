import { controller } from '#config/privacy'

/** Who is responsible for what is kept, and where to reach them, as mails tell it. */
export const responsible = { controller: controller.name, contact: controller.email }
