import type { SessionParams } from './session.ts'

/** An address that was looked up is likely to be looked up again: people retry, pages reload, agents run twice. */
const MAX_REMEMBERED = 10_000

/**
 * Remembers the answers of a look-up that only depends on the address as it was given; the oldest go first.
 *
 * A data set never changes, so that an answer holds as long as the look-ups that are opened on it.
 */
export function rememberAnswers<Answer>(lookUp: (params: SessionParams) => Answer): (params: SessionParams) => Answer {
  const answers = new Map<string, Answer>()
  return (params) => {
    const { street1, street2, city, state, zip, coordinates } = params
    const key = JSON.stringify([street1, street2, city, state, zip, coordinates?.latitude, coordinates?.longitude])
    let answer = answers.get(key)
    if (answer === undefined) {
      answer = lookUp(params)
      const [oldest] = answers.size < MAX_REMEMBERED ? [] : answers.keys()
      if (oldest !== undefined) answers.delete(oldest)
      answers.set(key, answer)
    }
    return answer
  }
}
