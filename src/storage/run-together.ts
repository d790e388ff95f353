/** How many calls go out as one at most; more wait for the next. */
const MAX_TOGETHER = 500

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * Makes one call of many: items that come in one turn of the event loop go to `run` together, and those that come while
 * `lanes` runs are under way wait and go as one after them. So there are the fewer round trips the more there is to do,
 * and one alone waits for nothing.
 *
 * `run` gives a result for each item, in their order; when it fails, all of its items fail.
 */
export function runTogether<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { lanes }: { lanes: number },
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let underWay = 0
  let isDue = false

  async function runNext(): Promise<void> {
    isDue = false
    if (waiting.length === 0 || underWay === lanes) return
    const batch = waiting.slice(0, MAX_TOGETHER)
    waiting = waiting.slice(MAX_TOGETHER)
    underWay++
    try {
      const results = await run(batch.map(({ item }) => item))
      for (const [index, { resolve }] of batch.entries()) resolve(results[index]!)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      underWay--
      void runNext()
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isDue) return
      isDue = true
      setImmediate(() => void runNext())
    })
}
