import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAddressRows } from './read-address-rows.ts'
import type { AddressRow } from './read-address-rows.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hum-rows-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

async function readFile(file: string): Promise<AddressRow[]> {
  const rows: AddressRow[] = []
  for await (const row of readAddressRows(file)) rows.push(row)
  return rows
}

function read(content: string | Buffer): Promise<AddressRow[]> {
  const file = join(folder, 'list.csv')
  writeFileSync(file, content)
  return readFile(file)
}

const FIELDS = { id: '1', street1: '12 Oak St', city: 'Holly', state: 'MI', zip: '48442' }

describe('readAddressRows', () => {
  it.each([
    'id,street1,city,state,zip\n1,12 Oak St,Holly,MI,48442',
    'Address,City,State,ZIP Code\n12 Oak St,Holly,MI,48442',
    'street;city;st;zipcode\n12 Oak St;Holly;MI;48442',
    'ADDRESS1\tADDRESS2\tCITY\tSTATE\tZIP\n12 Oak St\t\tHolly\tMI\t48442',
    '\uFEFF"Street Address", "Town", "State" , "Postal Code","Rooms, in all"\r\n"12 Oak St",Holly,MI,48442,7\r\n',
    'Postcode|State|City|Street_Address\n48442|MI|Holly|12 Oak St',
    Buffer.from('\uFEFFaddress,city,state,zip\n12 Oak St,Holly,MI,48442', 'utf16le'),
  ])('reads the fields of %j', async (content) => {
    const rows = await read(content)
    expect(rows).toEqual([FIELDS])
    expect(rows[0]).not.toHaveProperty('text')
  })

  it.each([
    ['address\n"12 Oak St, Holly, MI 48442"', '12 Oak St, Holly, MI 48442'],
    ['id,full address,unit\n1,"12 Oak St, Holly, MI 48442",', '12 Oak St, Holly, MI 48442'],
    ['address,city,zip\n"12 Oak St, Holly, MI 48442",,', '12 Oak St, Holly, MI 48442'],
    ['query,state\n"12 Oak St, Holly",MI', '12 Oak St, Holly, MI'],
  ])('reads the whole address of %j', async (content, text) => {
    expect(await read(content)).toMatchObject([{ id: '1', text }])
  })

  it('numbers rows, passes empty lines over and takes rows that are too short or too long', async () => {
    const rows = await read('street1,city\n1 A St,Holly\n\n2 B St\n3 C St,Holly,MI,more\n')
    expect(rows.map(({ id, street1, city }) => [id, street1, city])).toEqual([
      ['1', '1 A St', 'Holly'],
      ['2', '2 B St', undefined],
      ['3', '3 C St', 'Holly'],
    ])
  })

  it('takes the first of two columns of one kind', async () => {
    expect(await read('street,street address,zip\n1 A St,2 B St,48442')).toMatchObject([{ street1: '1 A St' }])
  })

  it('has no rows of an empty file', async () => {
    expect(await read('')).toEqual([])
  })

  it('says which columns a list has that names no address', async () => {
    await expect(read('name,constructor\nx,y')).rejects.toMatchObject({
      code: 'source_unreadable',
      message: expect.stringContaining('It has: name, constructor.') as string,
    })
  })

  it('says that a file is not there', async () => {
    await expect(readFile(join(folder, 'none.csv'))).rejects.toMatchObject({
      code: 'source_unreadable',
    })
  })
})
