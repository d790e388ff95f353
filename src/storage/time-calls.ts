import type { Eventual } from '../lib/when-there.ts'

/** Told of each call: its name with the store's before it, how long it took, and whether it failed. */
export type CallWatcher = (call: string, milliseconds: number, hasFailed: boolean) => void

type Calls = Readonly<Record<string, (...values: never[]) => Eventual<unknown>>>

/** A store that does the same, and tells the watcher of each call. */
export function timeCalls<Store extends object>(name: string, store: Store, watch: CallWatcher): Store {
  const timed = Object.entries(store as Calls).map(([call, run]) => {
    const runTimed: typeof run = (...values) => {
      const begun = performance.now()
      const succeed = (result: unknown): unknown => {
        watch(`${name}.${call}`, performance.now() - begun, false)
        return result
      }
      const fail = (error: unknown): never => {
        watch(`${name}.${call}`, performance.now() - begun, true)
        throw error
      }
      try {
        const result = run(...values)
        return result instanceof Promise ? result.then(succeed, fail) : succeed(result)
      } catch (error) {
        return fail(error)
      }
    }
    return [call, runTimed] as const
  })
  return Object.fromEntries(timed) as Store
}
