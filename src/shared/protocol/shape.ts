/** The strict reader of decoded values, under the name this room has always used. */
export { type Shape, shapeOf } from "../crypto/shape.ts";
