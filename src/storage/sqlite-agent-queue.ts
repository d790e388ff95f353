import type Database from 'better-sqlite3'
import type { AgentQueue } from '../sessions/agent-queue.ts'

const LOOK_EVERY_MS = 5000

/** As many sessions as are taken up at once. */
const BATCH_SIZE = 500

/**
 * Agent work in the one process that has the state file. A session whose agents have not all reported is its own job:
 * those there at the start were left by a process that died, later ones by a write that failed; what is at work already
 * is told apart by whoever carries on.
 */
export function sqliteAgentQueue(db: Database.Database): AgentQueue {
  const findPending = db.prepare<[number], { token: string }>(
    `SELECT token FROM session
      WHERE ended_at IS NULL AND (geocoding IS NULL OR internet IS NULL) ORDER BY created_at LIMIT ?`,
  )
  const underWay = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined

  return {
    start: async (carryOn, onError) => {
      const look = (): void => {
        try {
          for (const { token } of findPending.all(BATCH_SIZE)) {
            if (underWay.has(token)) continue
            const leave = (): void => void underWay.delete(token)
            underWay.set(token, carryOn(token).catch(onError).then(leave))
          }
        } catch (error) {
          onError(error)
        }
      }
      look()
      clearInterval(timer)
      timer = setInterval(look, LOOK_EVERY_MS).unref()
    },
    stop: async () => {
      clearInterval(timer)
      await Promise.all(underWay.values())
    },
  }
}
