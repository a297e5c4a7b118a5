import type { MultipartFile } from '@adonisjs/core/bodyparser'
import type { HttpContext } from '@adonisjs/core/http'

type Uploads = MultipartFile | Uploads[] | { [field: string]: Uploads }

/** Every file of a request. They are nested by their field names. */
export function filesOf(request: HttpContext['request']) {
  return filesIn(request.allFiles() as Uploads)
}

function filesIn(uploads: Uploads): MultipartFile[] {
  return isFile(uploads) ? [uploads] : Object.values(uploads).flatMap(filesIn)
}

function isFile(uploads: Uploads): uploads is MultipartFile {
  return 'isMultipartFile' in uploads && uploads.isMultipartFile === true
}
