/** What a word of the text is part of. */
export const TAG = {
  other: 0,
  number: 1,
  street: 2,
  unit: 3,
  separator: 4,
  crossStreet: 5,
  poBox: 6,
  ruralRoute: 7,
  military: 8,
  city: 9,
  state: 10,
  zip: 11,
  plus4: 12,
  country: 13,
  urbanization: 14,
  generalDelivery: 15,
  privateMailbox: 16,
} as const

export type Tag = (typeof TAG)[keyof typeof TAG]
