/** Fly.io's regions within the European Union. */
export const EU_REGIONS = ['ams', 'arn', 'cdg', 'fra', 'mad', 'otp', 'waw']
