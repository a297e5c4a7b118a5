import { HttpResponse } from '@adonisjs/core/http'

declare module '@adonisjs/core/http' {
  interface HttpResponse {
    /** Answers a write: 303 is the one redirect that is followed with a GET whatever the method was. */
    seeOther(path: string): void
  }
}

HttpResponse.macro('seeOther', function (this: HttpResponse, path: string) {
  return this.redirect().status(303).toPath(path)
})
