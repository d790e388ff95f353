const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** A size for people, in powers of a thousand: `3.1 MB`, `812 bytes`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`
}
