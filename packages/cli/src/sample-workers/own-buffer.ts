/**
 * The same values in a buffer of their own. A message takes the whole buffer of an array along: of a view on a program's memory
 * or on a data file, that is all of it.
 */
export function ownBuffer<
  Data extends { readonly buffer: ArrayBufferLike; readonly byteLength: number; slice(): Data },
>(data: Data): Data {
  return data.byteLength === data.buffer.byteLength ? data : data.slice()
}
