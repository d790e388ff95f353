/** The part of npm `shapefile` that tests compare with; the package has no types. */
declare module 'shapefile' {
  export interface OracleFeature {
    readonly properties: Readonly<Record<string, string | number | null>>
    readonly geometry: { readonly coordinates: readonly (readonly number[])[] }
  }
  export function open(
    shp: string,
    dbf: string,
    options: { encoding: string },
  ): Promise<{ read(): Promise<{ done: boolean; value: OracleFeature }> }>
}
