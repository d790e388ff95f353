/** Addresses of the sandbox that the page offers, each with the name of the sentence that says what it shows. */
export const SANDBOX_EXAMPLES = [
  { line: '29090 Tiffany Drive E, Southfield, MI 48034', shows: 'everything' },
  { line: '29091 Tiffany Drive, Southfield, MI 48034', shows: 'several' },
  { line: '101 Marigold Street, Southfield, MI 48034', shows: 'share' },
  { line: '105 Marigold Street, Southfield, MI 48034', shows: 'exact' },
  { line: '29050 Tiffany Drive W, Southfield, MI 48034', shows: 'disagreement' },
  { line: '24520 Lodestar Road, Southfield, MI 48034', unit: 'Apt 2B', shows: 'apartment' },
  { line: '24520 Lodestar Road, Southfield, MI 48034', shows: 'building' },
  { line: '500 Quarry Road, Holly, MI 48442', shows: 'rural' },
  { line: '24521 Lodestar Road, Southfield, MI 48034', shows: 'business' },
  { line: '10 Silent Pines Trail, Holly, MI 48442', shows: 'nobody' },
  { line: '7 Orchard Way, Holly, MI 48442', shows: 'hexagon' },
  { line: '112-10 Beacon Terrace, Forest Hills, NY 11375', shows: 'hyphen' },
  { line: '99999 Tiffany Drive E, Southfield, MI 48034', shows: 'number' },
  { line: '4100 Slowpoke Lane, Southfield, MI 48034', shows: 'slow' },
  { line: '4300 Broken Lane, Southfield, MI 48034', shows: 'failing' },
] as const
