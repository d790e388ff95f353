/** What a server bears with, from callers who are slow or many. Times are milliseconds. */
export interface ServerLimits {
  /** A request that has not arrived whole by then is given up, so that slow senders hold no connection. */
  readonly requestMs: number
  /** A connection on which nothing has moved for so long is closed: whoever waits for agents gets something sooner. */
  readonly silenceMs: number
  /** So many requests at the same moment are more than a process can answer in time; waiting ones hold little. */
  readonly underWay: number
}

export const SERVER_LIMITS: ServerLimits = { requestMs: 10_000, silenceMs: 60_000, underWay: 5000 }
