import { join } from 'node:path'
import { ADDRFEAT_COLUMNS, FACES_COLUMNS, PLACE_COLUMNS } from './tiger-layouts.ts'
import { writeDbf, writeShp } from './write-shapefile.ts'
import { writeZip } from './write-zip.ts'

type Line = readonly (readonly [longitude: number, latitude: number])[]

/** A row of ADDRFEAT by the names of its columns, with its line. */
export interface TestRange {
  readonly row: Readonly<Record<string, string>>
  readonly line: Line
}

/** Writes the zip of one county's ADDRFEAT as the Census Bureau packs it, and answers its path. */
export async function writeAddrfeat(folder: string, name: string, ranges: readonly TestRange[]): Promise<string> {
  const path = join(folder, `${name}.zip`)
  await writeZip(path, {
    [`${name}.cpg`]: 'UTF-8',
    [`${name}.dbf`]: writeDbf(
      ADDRFEAT_COLUMNS,
      ranges.map(({ row }) => row),
    ),
    [`${name}.prj`]: 'GEOGCS["GCS_North_American_1983"]',
    [`${name}.shp`]: writeShp(ranges.map(({ line }) => line)),
    [`${name}.shp.iso.xml`]: '<metadata/>',
    [`${name}.shx`]: Buffer.alloc(100),
  })
  return path
}

/** Writes the zip of a county's FACES, the table alone, since Hum reads no polygons. */
export async function writeFaces(
  folder: string,
  name: string,
  faces: readonly Readonly<Record<string, string>>[],
): Promise<string> {
  const path = join(folder, `${name}.zip`)
  await writeZip(path, { [`${name}.cpg`]: 'UTF-8', [`${name}.dbf`]: writeDbf(FACES_COLUMNS, faces) })
  return path
}

/** Writes the zip of a state's PLACE, the table alone. */
export async function writePlaces(
  folder: string,
  name: string,
  places: readonly Readonly<Record<string, string>>[],
): Promise<string> {
  const path = join(folder, `${name}.zip`)
  await writeZip(path, { [`${name}.cpg`]: 'UTF-8', [`${name}.dbf`]: writeDbf(PLACE_COLUMNS, places) })
  return path
}
