/** Reads members of JSON that came from outside: each gives `undefined` where the member is not what it should be. */
export interface JsonReader {
  text(name: string): string | undefined
  number(name: string): number | undefined
  flag(name: string): boolean | undefined
  object(name: string): JsonReader
  objects(name: string): readonly JsonReader[]
  texts(name: string): readonly string[]
  numbers(name: string): readonly number[]
  /** Whether there is anything to read at all. */
  readonly isThere: boolean
  readonly raw: unknown
}

export function readJson(raw: unknown): JsonReader {
  const members: Readonly<Record<string, unknown>> = isObject(raw) ? raw : {}
  return {
    raw,
    isThere: isObject(raw),
    text: (name) => {
      const value = members[name]
      return typeof value === 'string' && value !== '' ? value : undefined
    },
    number: (name) => {
      const value = members[name]
      return typeof value === 'number' ? value : undefined
    },
    flag: (name) => {
      const value = members[name]
      return typeof value === 'boolean' ? value : undefined
    },
    object: (name) => readJson(members[name]),
    objects: (name) => {
      const value: unknown = members[name]
      return Array.isArray(value) ? value.map(readJson) : []
    },
    texts: (name) => {
      const value: unknown = members[name]
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
    numbers: (name) => {
      const value: unknown = members[name]
      return Array.isArray(value) ? value.filter((item) => typeof item === 'number') : []
    },
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
