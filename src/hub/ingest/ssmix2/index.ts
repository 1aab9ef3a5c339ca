export { contentOf, isExtended, isMain } from "./extended/content.ts";
export { joinContents } from "./extended/join.ts";
export { type FileName, type Located, locate, type Place, parseFileName, placeOf } from "./name.ts";
export { type ReadResult, readFile } from "./read.ts";
export { keyOf, type Settled, settle } from "./settle.ts";
export { type Look, listPerson, measureFile, readFileAt, type WalkedFile, type WalkedPerson, walkStorage } from "./walk.ts";
