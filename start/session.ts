import { keepToldNames } from '#identity/told_names'

keepToldNames()
