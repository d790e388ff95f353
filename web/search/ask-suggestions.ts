import type { Send } from '../api/send.ts'
import { readSuggestions } from './read-suggestion.ts'
import type { Suggestion } from './read-suggestion.ts'

/**
 * Asks for completions of a line, one question at a time: of what is typed meanwhile, the last is asked when the answer
 * is there. `isWanted` tells whether an answer for a line is still of use; `show` gets it.
 */
export function createSuggester(
  send: Send,
  isWanted: (line: string) => boolean,
  show: (items: readonly Suggestion[], line: string) => void,
): (line: string) => Promise<void> {
  let isAsking = false
  let askNext: string | undefined

  return async function ask(line) {
    if (isAsking) {
      askNext = line
      return
    }
    isAsking = true
    try {
      const reply = await send('POST', '/addresses/suggest', { q: line })
      if (reply.status === 200) show(readSuggestions(reply.body), line)
    } catch {
      // Typing goes on without suggestions; the search itself says when the server is out of reach.
    } finally {
      isAsking = false
    }
    const next = askNext
    askNext = undefined
    if (next !== undefined && isWanted(next)) await ask(next)
  }
}
