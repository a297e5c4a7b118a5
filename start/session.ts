import { keepToldNames } from '#identity/told_names'
import { boundVisitorsInput } from '#identity/visitors_input'

keepToldNames()
boundVisitorsInput()
