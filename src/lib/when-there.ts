/** What is there already, or will be. */
export type Eventual<Value> = Value | Promise<Value>

/**
 * Goes on with a value: at once where it is there, else when it comes. `await` would let every request wait a turn for
 * what most of them find in memory.
 */
export function whenThere<Value, Result>(
  value: Eventual<Value>,
  goOn: (value: Value) => Eventual<Result>,
): Eventual<Result> {
  return value instanceof Promise ? value.then(goOn) : goOn(value)
}
