import { english } from './en.ts'
import type { Strings } from './en.ts'
import type { Format } from '../format.ts'

export function spanish(format: Format): Strings {
  return english(format)
}
