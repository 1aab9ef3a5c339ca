import { createContext } from "react";

/** While words are looked for, what begins folded (past medicines, long documents) stands whole: what is not drawn cannot be found. */
export const UnfoldedContext = createContext(false);
