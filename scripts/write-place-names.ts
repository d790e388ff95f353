/**
 * Writes `src/address/data/places.txt` from the GeoNames postal file of the United States: one line a place, with its
 * state and ZIP codes, so that the parser knows where a street ends and a city begins.
 *
 *     node scripts/write-place-names.ts <geonames US.txt>
 */
import { readFileSync, writeFileSync } from 'node:fs'

const [source] = process.argv.slice(2)
if (source === undefined) {
  console.error('Name the GeoNames postal file: node scripts/write-place-names.ts US.txt')
  process.exit(2)
}

const MILITARY_STATES: Readonly<Record<string, string>> = { '0': 'AE', '3': 'AA', '9': 'AP' }

const zipsByPlace = new Map<string, string[]>()
for (const line of readFileSync(source, 'utf8').split('\n')) {
  const [, zip, name, , stateCode] = line.split('\t')
  if (!zip || !name) continue
  const military = /^(APO|FPO|DPO)\b/.exec(name)?.[1]
  const place = (military ?? name)
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f.']/gu, '')
    .toUpperCase()
  const state = military ? MILITARY_STATES[zip[0] ?? ''] : stateCode
  if (!state) continue
  const key = `${state}\t${place}`
  const zips = zipsByPlace.get(key)
  if (zips) zips.push(zip)
  else zipsByPlace.set(key, [zip])
}

/**
 * Places that the file has not: municipalities of Puerto Rico and places of the other territories (US Census Bureau),
 * and names by which people write a few cities.
 */
const FURTHER_PLACES: Readonly<Record<string, string>> = {
  PR: 'Adjuntas,Aguada,Aguadilla,Aguas Buenas,Aibonito,Anasco,Arecibo,Arroyo,Barceloneta,Barranquitas,Bayamon,Cabo Rojo,Caguas,Camuy,Canovanas,Carolina,Catano,Cayey,Ceiba,Ciales,Cidra,Coamo,Comerio,Corozal,Culebra,Dorado,Fajardo,Florida,Guanica,Guayama,Guayanilla,Guaynabo,Gurabo,Hatillo,Hormigueros,Humacao,Isabela,Jayuya,Juana Diaz,Juncos,Lajas,Lares,Las Marias,Las Piedras,Loiza,Luquillo,Manati,Maricao,Maunabo,Mayaguez,Moca,Morovis,Naguabo,Naranjito,Orocovis,Patillas,Penuelas,Ponce,Quebradillas,Rincon,Rio Grande,Sabana Grande,Salinas,San German,San Juan,San Lorenzo,San Sebastian,Santa Isabel,Toa Alta,Toa Baja,Trujillo Alto,Utuado,Vega Alta,Vega Baja,Vieques,Villalba,Yabucoa,Yauco',
  VI: 'Charlotte Amalie,St Thomas,St Croix,St John,Christiansted,Frederiksted,Cruz Bay,Kingshill',
  GU: 'Hagatna,Agana,Tamuning,Dededo,Yigo,Mangilao,Barrigada,Santa Rita,Agat,Inarajan,Talofofo,Yona,Piti,Sinajana,Merizo,Umatac,Hagatna Heights,Chalan Pago',
  AS: 'Pago Pago,Tafuna,Fagatogo,Utulei,Leone,Nuuuli',
  MP: 'Saipan,Tinian,Rota,Garapan,Susupe',
  NY: 'NYC,New York City,Manhattan,Queens',
  CA: 'San Fran,Hollywood',
  AE: 'DPO',
  AP: 'DPO',
  AA: 'DPO',
}

/** `48033 48034 48075` as `48033 1 41`: the first whole, then the steps. */
function packed(zips: readonly string[]): string {
  const sorted = [...new Set(zips)].toSorted()
  return sorted.map((zip, i) => (i === 0 ? zip : String(Number(zip) - Number(sorted[i - 1])))).join(' ')
}

for (const [state, places] of Object.entries(FURTHER_PLACES)) {
  for (const place of places.split(',')) {
    const key = `${state}\t${place.toUpperCase()}`
    if (!zipsByPlace.has(key)) zipsByPlace.set(key, [])
  }
}

const lines: string[] = []
let state = ''
for (const key of [...zipsByPlace.keys()].toSorted()) {
  const [ofState = '', place = ''] = key.split('\t')
  if (ofState !== state) lines.push(`=${ofState}`)
  state = ofState
  lines.push(`${place}\t${packed(zipsByPlace.get(key) ?? [])}`.trim())
}
writeFileSync(new URL('../src/address/data/places.txt', import.meta.url), `${lines.join('\n')}\n`)
console.log(`${zipsByPlace.size} places`)
