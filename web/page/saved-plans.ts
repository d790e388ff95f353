const KEY = 'hum-saved-plans'

/** Plans that were saved in this browser, by key. No address is kept with them. */
export function readSaved(): string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(saved) ? saved.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}

export function writeSaved(keys: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(keys))
  } catch {
    // Where the browser keeps nothing, they last as long as the page.
  }
}
