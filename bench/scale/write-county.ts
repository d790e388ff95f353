import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import type { WriteStream } from 'node:fs'
import { cellToParent, latLngToCell } from 'h3-js'
import { writeAddrfeat, writeFaces } from '../../test/support/write-tiger-county.ts'
import type { TestRange } from '../../test/support/write-tiger-county.ts'
import { randomNumbers } from './random.ts'

/**
 * The mean county of the nation, from published counts: 37,783,629 range sides with a ZIP and 37,005 ZIPs in 3,144
 * counties (TIGER/Line 2025), 1.29 sides a record of ADDRFEAT and 1.12 faces a block (measured on single counties),
 * 8,132,968 blocks (2020 census), and about 85 GB of availability CSV with 104 bytes a row, half of it satellites'.
 */
export const MEAN_COUNTY = {
  sides: 12_018,
  records: 9_316,
  blocks: 2_587,
  facesPerBlock: 1.12,
  zips: 12,
  terrestrialRows: 130_000,
}

const TECHNOLOGIES = [
  { token: 'Cable', code: 40, share: 0.3, download: 1200, upload: 35 },
  { token: 'FibertothePremises', code: 50, share: 0.28, download: 5000, upload: 5000 },
  { token: 'Copper', code: 10, share: 0.17, download: 0, upload: 0 },
  { token: 'LicensedFixedWireless', code: 71, share: 0.25, download: 100, upload: 20 },
]
const HEADER =
  'frn,provider_id,brand_name,location_id,technology,max_advertised_download_speed,max_advertised_upload_speed,' +
  'low_latency,business_residential_code,state_usps,block_geoid,h3_res8_id\n'
const SYLLABLES = (
  'ash brook cedar dal elm fern glen haw iron lark maple oak ridge stone wood field hill vale mont ford ber ton ' +
  'mill lin wick shire gate mar san ville'
).split(' ')
const SUFFIXES = ['St', 'Ave', 'Rd', 'Dr', 'Ln', 'Ct', 'Cir', 'Way']
const COUNTIES_PER_STATE = 63
/** Real states, so that file names and state codes are; the counties in them are invented. */
const STATES = [
  ['20', 'KS'],
  ['19', 'IA'],
] as const

/**
 * Writes one invented county as the Census Bureau and the FCC publish theirs: ADDRFEAT and FACES with the published
 * widths, and rows of availability appended to the files of its state, unless there are none to append to. Equal numbers
 * give equal counties; another revision gives the same county other streets.
 */
export async function writeCounty(folder: string, number: number, bdc?: BdcFiles, revision = 0): Promise<void> {
  const [stateFips, stateCode] = STATES[Math.floor(number / COUNTIES_PER_STATE) % STATES.length] ?? STATES[0]
  const county = String(2 * (number % COUNTIES_PER_STATE) + 1 + 200 * Math.floor(number / 126)).padStart(3, '0')
  const random = randomNumbers(number + 1 + 1_000 * revision)
  const whole = (below: number): number => Math.floor(random() * below)
  const south = 37.2 + 0.4 * (number % 8)
  const west = -101.5 + 0.6 * Math.floor(number / 8)

  const blocks = Array.from({ length: MEAN_COUNTY.blocks }, (_, index) => ({
    geoid: `${stateFips}${county}${String(100 + Math.floor(index / 60)).padStart(4, '0')}00${1000 + (index % 60)}`,
    latitude: south + 0.35 * random(),
    longitude: west + 0.5 * random(),
  }))
  const faceCount = Math.round(MEAN_COUNTY.blocks * MEAN_COUNTY.facesPerBlock)
  const faces = Array.from({ length: faceCount }, (_, index) => {
    const geoid = blocks[index % blocks.length]?.geoid ?? ''
    return {
      TFID: String(number * 10_000 + index + 1),
      STATEFP20: stateFips,
      COUNTYFP20: county,
      TRACTCE20: geoid.slice(5, 11),
      BLKGRPCE20: geoid.slice(11, 12),
      BLOCKCE20: geoid.slice(11),
      STATEFP: stateFips,
      COUNTYFP: county,
      LWFLAG: 'L',
      OFFSET: 'N',
    }
  })

  const ranges: TestRange[] = []
  while (ranges.length < MEAN_COUNTY.records) {
    const syllables = Array.from(
      { length: 2 + whole(2) },
      () => SYLLABLES[Math.floor(random() ** 1.5 * SYLLABLES.length)],
    )
    const name = syllables.join('')
    const street = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${SUFFIXES[whole(SUFFIXES.length)]}`
    const zip = String(66_000 + (number % 80) * MEAN_COUNTY.zips + whole(MEAN_COUNTY.zips))
    const startLatitude = south + 0.35 * random()
    const startLongitude = west + 0.5 * random()
    for (let edge = 0, edges = 1 + whole(8); edge < edges && ranges.length < MEAN_COUNTY.records; edge++) {
      const low = 100 * (edge + 1)
      const hasRight = random() < MEAN_COUNTY.sides / MEAN_COUNTY.records - 1
      const face = (offset: number) => String(number * 10_000 + 1 + ((ranges.length * 2 + offset) % faceCount))
      const longitude = startLongitude + 0.001 * edge
      ranges.push({
        row: {
          TLID: String(600_000_000 + number * 20_000 + ranges.length),
          TFIDL: face(0),
          TFIDR: face(1),
          FULLNAME: street,
          LFROMHN: String(low + 1),
          LTOHN: String(low + 99),
          RFROMHN: hasRight ? String(low) : '',
          RTOHN: hasRight ? String(low + 98) : '',
          ZIPL: zip,
          ZIPR: hasRight ? zip : '',
          EDGE_MTFCC: 'S1400',
          ROAD_MTFCC: 'S1400',
          PARITYL: 'O',
          PARITYR: hasRight ? 'E' : '',
          OFFSETL: 'N',
          OFFSETR: 'N',
        },
        line: [0, 0.0003, 0.0006, 0.001].map((along) => [
          Number((longitude + along).toFixed(6)),
          Number((startLatitude + along / 10).toFixed(6)),
        ]),
      })
    }
  }
  await mkdir(folder, { recursive: true })
  await writeAddrfeat(folder, `tl_2025_${stateFips}${county}_addrfeat`, ranges)
  await writeFaces(folder, `tl_2025_${stateFips}${county}_faces`, faces)

  if (!bdc) return
  const locations = blocks.flatMap((block, index) => {
    const h3 = cellToParent(latLngToCell(block.latitude, block.longitude, 9), 8)
    return Array.from({ length: 18 }, (_, place) => ({
      id: 1_000_000_000 + number * 100_000 + index * 18 + place,
      ...block,
      h3,
    }))
  })
  for (const { token, code, share, download, upload } of TECHNOLOGIES) {
    const file = bdc.fileOf(stateFips, token)
    const rows = Math.round(MEAN_COUNTY.terrestrialRows * share)
    let text = ''
    for (let row = 0; row < rows; row++) {
      const location = locations[row % locations.length]
      const provider = 130_000 + code * 10 + Math.floor(row / locations.length)
      text +=
        `000${provider}0,${provider},Provider ${provider},${location?.id},${code},${download},${upload},1,X,${stateCode},` +
        `${location?.geoid},${location?.h3}\n`
      if (text.length > 1 << 20) {
        await write(file, text)
        text = ''
      }
    }
    await write(file, text)
  }
}

/** The availability files of a state, one a technology, open for appending. */
export interface BdcFiles {
  fileOf(stateFips: string, token: string): WriteStream
  close(): Promise<void>
}

export function openBdcFiles(folder: string): BdcFiles {
  const files = new Map<string, WriteStream>()
  return {
    fileOf: (stateFips, token) => {
      const name = `bdc_${stateFips}_${token}_fixed_broadband_D25_15jul2026.csv`
      let file = files.get(name)
      if (!file) {
        file = createWriteStream(join(folder, name))
        file.write(HEADER)
        files.set(name, file)
      }
      return file
    },
    close: async () => {
      for (const file of files.values()) {
        file.end()
        await once(file, 'close')
      }
    },
  }
}

async function write(file: WriteStream, text: string): Promise<void> {
  if (!file.write(text)) await once(file, 'drain')
}
