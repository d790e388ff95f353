/** Told of each call: its name with the store's before it, how long it took, and whether it failed. */
export type CallWatcher = (call: string, milliseconds: number, hasFailed: boolean) => void

type Calls = Readonly<Record<string, (...values: never[]) => Promise<unknown>>>

/** A store that does the same, and tells the watcher of each call. */
export function timeCalls<Store extends object>(name: string, store: Store, watch: CallWatcher): Store {
  const timed = Object.entries(store as Calls).map(([call, run]) => {
    const runTimed: typeof run = async (...values) => {
      const begun = performance.now()
      const tell = (hasFailed: boolean): void => watch(`${name}.${call}`, performance.now() - begun, hasFailed)
      try {
        const result = await run(...values)
        tell(false)
        return result
      } catch (error) {
        tell(true)
        throw error
      }
    }
    return [call, runTimed] as const
  })
  return Object.fromEntries(timed) as Store
}
