/** Fly.io's regions within the European Union. */
export const EU_REGIONS = ['ams', 'arn', 'cdg', 'fra', 'mad', 'otp', 'waw']

/** The members of the European Union, by ISO 3166-1. */
export const EU_COUNTRIES =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
