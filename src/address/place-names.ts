import { readFileSync } from 'node:fs'
import { BranchTable } from './branch-table.ts'

/** Words that the Postal Service and people write in two ways inside place names. */
const LONG_FORMS = new Map(
  'ST SAINT,STE SAINTE,FT FORT,MT MOUNT,N NORTH,S SOUTH,E EAST,W WEST,SPGS SPRINGS,SPG SPRING,HTS HEIGHTS,BCH BEACH,BH BEACH,CTR CENTER,PK PARK,VLG VILLAGE,CY CITY,JCT JUNCTION,LK LAKE,PT POINT,IS ISLAND,TWP TOWNSHIP,HLS HILLS,GRV GROVE,VLY VALLEY,FLS FALLS,MTN MOUNTAIN'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
)

/** A place name in one or more states. */
interface Place {
  /** Words in long form: `SAINT`, `CLAIR`, `SHORES`. */
  readonly words: readonly string[]
  readonly states: string[]
}

/** Index 0 stands for no place. */
const places: Place[] = [{ words: [], states: [] }]
/** Numbers of the words of place names, from 1. */
const wordNumbers = new Map<string, number>()
/**
 * The names read backwards as a tree: from a node (0 is the root) over a word's number to the next. Text is searched
 * for a place from its last word on, so that the tree is left early where no place can end.
 */
const branches = new BranchTable()
const placeOfNode: number[] = [0]
const placeOfZip = new Uint16Array(100_000)
const stateOfPrefix: (string | undefined)[] = Array.from({ length: 1000 })

/** More than there are words, so that node and word make one number. */
const WORDS = 32_768

function addPlace(name: string, state: string): number {
  const words = name.split(/[ -]/u).map((word) => LONG_FORMS.get(word) ?? word)
  let node = 0
  for (const word of words.toReversed()) {
    let number = wordNumbers.get(word)
    if (number === undefined) wordNumbers.set(word, (number = wordNumbers.size + 1))
    let next = branches.find(node * WORDS + number)
    if (next === 0) {
      next = placeOfNode.push(0) - 1
      branches.add(node * WORDS + number, next)
    }
    node = next
  }
  const place = placeOfNode[node] || (placeOfNode[node] = places.push({ words, states: [] }) - 1)
  places[place]!.states.push(state)
  return place
}

let state = ''
for (const line of readFileSync(new URL('data/places.txt', import.meta.url), 'utf8').split('\n')) {
  if (line === '') continue
  if (line.startsWith('=')) {
    state = line.slice(1)
    continue
  }
  const [name = '', steps] = line.split('\t')
  const place = addPlace(name, state)
  if (steps === undefined) continue
  let zip = 0
  for (const step of steps.split(' ')) {
    zip += Number(step)
    placeOfZip[zip] = place
    stateOfPrefix[Math.floor(zip / 100)] ??= state
  }
}

/** The words that place names have, in all their spellings. */
export function listPlaceWords(): string[] {
  return [...wordNumbers.keys(), ...[...LONG_FORMS].flatMap(([word, long]) => (wordNumbers.has(long) ? [word] : []))]
}

/** The number of a word in place names, the same for long and short form; 0 for a word that none has. */
export function findPlaceWord(word: string): number {
  return wordNumbers.get(LONG_FORMS.get(word) ?? word) ?? 0
}

/** One step back in the tree of names: the node for the word before, 0 where no name goes on. The root is 0. */
export function stepBack(node: number, placeWord: number): number {
  return branches.find(node * WORDS + placeWord)
}

/** The place whose name ends the walk at this node; 0 where none does. */
export function placeAt(node: number): number {
  return placeOfNode[node]!
}

/** The place whose name the words `from` to `end` (exclusive) are, told by their numbers in place names; 0 for none. */
export function findPlace(words: readonly { readonly place: number }[], from: number, end: number): number {
  let node = 0
  for (let i = end - 1; i >= from; i--) {
    const number = words[i]!.place
    if (number === 0 || (node = stepBack(node, number)) === 0) return 0
  }
  return placeAt(node)
}

/** Whether the state has a place of this name. */
export function isPlaceIn(place: number, stateCode: string): boolean {
  const { states } = places[place]!
  for (let i = 0; i < states.length; i++) if (states[i] === stateCode) return true
  return false
}

/** The words of a place's name in long form. */
export function wordsOfPlace(place: number): readonly string[] {
  return places[place]!.words
}

/** The place that a ZIP code's mail is addressed to; 0 for a ZIP code that is not known. */
export function findPlaceOfZip(zip: string): number {
  return placeOfZip[Number(zip)] ?? 0
}

/** The state whose places have ZIP codes that begin with the same three digits. */
export function findStateOfZip(zip: string): string | undefined {
  return stateOfPrefix[Number(zip.slice(0, 3))]
}
