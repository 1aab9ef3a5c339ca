/** The find room as one part, loaded at unlock: a locked page searches nothing. */
export { makeAlike } from "../find/alike.ts";
export { hitOf, makeLookup, peopleOf } from "../find/people.ts";
export { makeSearch } from "../find/search.ts";
export { makeSeek } from "../find/seek.ts";
