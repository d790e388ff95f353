/**
 * What kind of word it is, as far as its looks and the word lists tell without its neighbours. The tagger's weights are
 * learned over these, so a change of the list asks for a new training.
 */
export const WORD_CLASSES = [
  'none',
  'digit1',
  'digit2',
  'digit3',
  'digit4',
  'digit5',
  'zipDigits',
  'digit6',
  'digit9',
  'zipPlus4',
  'ordinal',
  'fraction',
  'digitsHyphenDigits',
  'digitsLetter',
  'digitsHyphenLetter',
  'letterDigits',
  'grid',
  'mixed',
  'letter',
  'twoLetters',
  'word',
  'placeWord',
  'directionalLetter',
  'directionalWord',
  'suffix',
  'suffixAbbreviation',
  'suffixName',
  'street',
  'suffixState',
  'state',
  'stateWord',
  'stateName',
  'stateFirst',
  'stateSecond',
  'unit',
  'loneUnit',
  'floorState',
  'hash',
  'ampersand',
  'at',
  'box',
  'post',
  'rural',
  'military',
  'highway',
  'owner',
  'numberWord',
  'ordinalWord',
  'joining',
  'country',
  'care',
  'firm',
] as const

export type WordClass = (typeof WORD_CLASSES)[number]

export const WORD_CLASS = Object.fromEntries(WORD_CLASSES.map((name, i) => [name, i])) as Readonly<
  Record<WordClass, number>
>
