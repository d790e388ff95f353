/** `maxDownloadMbps` → `max_download_mbps`, `first24Months` → `first_24_months`. */
export function toSnakeCase(name: string): string {
  return name.replace(/(?<=[a-z])\d/g, (digit) => `_${digit}`).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A copy of a plain value whose members are named as the API names them; what is `undefined` stays out. */
export function withSnakeCaseNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSnakeCaseNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [toSnakeCase(name), withSnakeCaseNames(member)]),
  )
}
