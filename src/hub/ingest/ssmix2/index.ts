export { type FileName, type Located, locate, type Place, parseFileName, placeOf } from "./name.ts";
export { keyOf, type Settled, settle } from "./settle.ts";
export { listPerson, type WalkedFile, type WalkedPerson, walkStorage } from "./walk.ts";
