import { setTimeout as sleep } from 'node:timers/promises'
import { whenThere } from '../lib/when-there.ts'
import type { Eventual } from '../lib/when-there.ts'
import { getSession } from './get-session.ts'
import type { Session } from './session.ts'

/** How often another process's progress is looked for. */
const LOOK_EVERY_MS = 250

/**
 * Gets a session like `getSession`, but not before it `isReady` or `waitMs` are over.
 *
 * The agents may be at work in another process, so that the store is asked rather than they.
 */
export function waitForSession(
  needs: Parameters<typeof getSession>[0],
  { accountId, token }: { accountId: string; token: string },
  { isReady, waitMs }: { isReady: (session: Session) => boolean; waitMs: number },
): Eventual<Session> {
  async function waitFrom(first: Session): Promise<Session> {
    const until = performance.now() + waitMs
    let session = first
    while (!isReady(session) && performance.now() < until) {
      await sleep(Math.min(LOOK_EVERY_MS, until - performance.now()))
      session = await getSession(needs, accountId, token)
    }
    return session
  }

  const first = getSession(needs, accountId, token)
  return waitMs === 0 ? first : whenThere(first, waitFrom)
}
