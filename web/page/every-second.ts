/** Calls a function each second until what it gives is called. */
export function everySecond(act: () => void): () => void {
  const timer = setInterval(act, 1000)
  return () => clearInterval(timer)
}
