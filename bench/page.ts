import { hasBrowser, openPageWorld } from '../test/page/page-world.ts'

const ROUNDS = 5

/** Types letter by letter, and times each from the letter to the page drawn with what the server answered. */
const TIME_TYPING = `window.timeTyping = async () => {
  const field = document.getElementById('address')
  const times = []
  for (const typed of '29090 tiffany'.split('').map((_, index, all) => all.slice(0, index + 1).join('')).slice(2)) {
    let read
    const answered = new Promise((resolve) => { read = resolve })
    const fetchAsEver = window.fetch
    window.fetch = async (...asked) => {
      const response = await fetchAsEver(...asked)
      const json = response.json.bind(response)
      response.json = async () => { const body = await json(); setTimeout(read); return body }
      return response
    }
    const started = performance.now()
    field.value = typed
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await answered
    times.push(performance.now() - started)
    window.fetch = fetchAsEver
  }
  return times
}`

/**
 * How long the page takes in a real browser on this machine: from opening it cold to the first provider, and from a
 * letter typed to its completions drawn, each beside the time of an empty page opened in the same browser.
 */
export default async function benchPage(): Promise<void> {
  if (!hasBrowser) throw new Error('There is no Chromium on this machine. Install it: apt-get install chromium.')
  const world = await openPageWorld()
  const cold: number[] = []
  const empty: number[] = []
  const typed: number[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const emptyAt = performance.now()
      const blank = await world.open('/ping', {})
      empty.push(performance.now() - emptyAt)
      await blank.close()

      const startedAt = performance.now()
      const { page, close } = await world.open('/?lang=en#address=29090+Tiffany+Drive+E%2C+48034', {})
      await page.locator('.provider').first().waitFor()
      cold.push(performance.now() - startedAt)
      await close()

      const typing = await world.open()
      await typing.page.evaluate(TIME_TYPING)
      typed.push(median(await typing.page.evaluate<number[]>('timeTyping()')))
      await typing.close()
    }
  } finally {
    await world.close()
  }
  const figures = {
    coldStartToFirstResultMs: Math.round(median(cold)),
    emptyPageMs: Math.round(median(empty)),
    coldStartByEmptyPage: Number((median(cold) / median(empty)).toFixed(2)),
    letterToCompletionsMs: Number(median(typed).toFixed(1)),
  }
  console.log(`medians of ${ROUNDS} rounds`)
  console.log(
    `cold start to first result  ${figures.coldStartToFirstResultMs} ms, ${figures.coldStartByEmptyPage} times an empty page`,
  )
  console.log(`letter typed to completions ${figures.letterToCompletionsMs} ms`)
  console.log(JSON.stringify(figures))
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
