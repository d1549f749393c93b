/** FLOOR_DIV of float32: the quotient rounded to float32, then down. */
export const floorDivFloat32 = (a: number, b: number): number => Math.floor(Math.fround(a / b))

/** FLOOR_DIV of int32. Division by 0, which TensorFlow Lite refuses, gives 0. */
export const floorDivInt32 = (a: number, b: number): number => (b === 0 ? 0 : Math.floor(a / b))
