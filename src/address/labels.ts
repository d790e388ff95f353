/** What a word of an address is part of; the states of the tagger, so an order change asks for a new training. */
export const LABEL = {
  other: 0,
  number: 1,
  predirectional: 2,
  pretype: 3,
  streetName: 4,
  suffix: 5,
  postdirectional: 6,
  unitDesignator: 7,
  unit: 8,
  separator: 9,
  crossStreet: 10,
  boxDesignator: 11,
  box: 12,
  ruralRoute: 13,
  military: 14,
  city: 15,
  state: 16,
  zip: 17,
  plus4: 18,
  country: 19,
  urbanization: 20,
} as const

export const LABEL_COUNT = 21
