import { readJson } from '../api/read-json.ts'
import { readStreetMap } from '../map/read-street-map.ts'
import type { StreetMap } from '../map/street-map.ts'
import type { SearchedAddress } from './find-address.ts'
import { chooseCandidate, runSearch } from './run-search.ts'
import type { SearchNeeds } from './run-search.ts'
import type { SearchStage } from './search-stage.ts'

/** What a running search tells. */
export interface SearchTold {
  onStage(stage: SearchStage): void
  /** Whole seconds that the search has taken, each second. */
  onSecond(seconds: number): void
  /** The search has come to its end, whichever. */
  onEnd(stage: SearchStage): void
  onMap(map: StreetMap): void
}

export interface RunnerNeeds extends Omit<SearchNeeds, 'signal'> {
  /** Calls a function each second until what it gives is called; absent where nothing is drawn meanwhile. */
  readonly everySecond?: ((act: () => void) => () => void) | undefined
}

/** Carries one search at a time: a new one gives the one before up, and closes its session. */
export interface SearchRunner {
  search(address: Promise<SearchedAddress>): Promise<void>
  choose(token: string, candidateId: string): Promise<void>
  /** Gives up what is running; nothing is told of it any more. */
  stop(): void
}

export function createSearchRunner(needs: RunnerNeeds, told: SearchTold): SearchRunner {
  const { send } = needs
  let running = new AbortController()
  let openSession: string | undefined
  let searched: Promise<SearchedAddress> | undefined

  async function follow(start: (needs: SearchNeeds) => AsyncGenerator<SearchStage>): Promise<void> {
    stop()
    const { signal } = running
    let last: SearchStage = { stage: 'working', geocoding: 'pending', internet: 'pending' }
    const tell = (stage: SearchStage): void => {
      last = stage
      told.onStage(stage)
    }
    tell(last)
    const started = Date.now()
    const stopSeconds = needs.everySecond?.(() => told.onSecond(Math.floor((Date.now() - started) / 1000)))
    try {
      for await (const stage of startAgainWhereEnded(start, { ...needs, signal })) {
        if (signal.aborted) return
        if (stage.stage === 'answered') openSession = stage.answer.token
        if (stage.stage === 'choosing') openSession = stage.token
        tell(stage)
      }
    } catch {
      if (!signal.aborted) tell({ stage: 'stopped', cause: 'offline' })
    } finally {
      stopSeconds?.()
    }
    if (signal.aborted) return
    told.onEnd(last)
    if (openSession !== undefined) await showMap(openSession, signal)
  }

  /** Where the session is gone in the middle, as after a restart of the server, the same is searched once more. */
  async function* startAgainWhereEnded(
    start: (needs: SearchNeeds) => AsyncGenerator<SearchStage>,
    searchNeeds: SearchNeeds,
  ): AsyncGenerator<SearchStage> {
    for await (const stage of start(searchNeeds)) {
      if (stage.stage === 'stopped' && stage.cause === 'ended' && searched !== undefined) {
        yield* runSearch(searchNeeds, await searched)
        return
      }
      yield stage
    }
  }

  async function showMap(token: string, signal: AbortSignal): Promise<void> {
    const reply = await send('GET', `/sessions/${token}/map`, undefined, signal).catch(() => undefined)
    if (reply?.status === 200 && !signal.aborted) told.onMap(readStreetMap(readJson(reply.body)))
  }

  /** The API asks that sessions which nobody needs any more are closed; whether that succeeds matters to nobody. */
  function stop(): void {
    running.abort()
    running = new AbortController()
    const token = openSession
    openSession = undefined
    if (token !== undefined) send('DELETE', `/sessions/${token}`).catch(() => undefined)
  }

  return {
    search: async (address) => {
      searched = address
      await follow(async function* run(searchNeeds) {
        yield* runSearch(searchNeeds, await address)
      })
    },
    choose: async (token, candidateId) => {
      // The session goes on, and is not closed.
      openSession = undefined
      await follow((searchNeeds) => chooseCandidate(searchNeeds, { token, candidateId }))
    },
    stop,
  }
}
