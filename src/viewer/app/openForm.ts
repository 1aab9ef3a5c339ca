import { createContext, useContext } from "react";

/** The way to the screen on which a paper form is copied, by its id (26 letters): for what scans one or lists them. */
export const OpenFormContext = createContext<(id: string) => void>(() => undefined);

export function useOpenForm(): (id: string) => void {
  return useContext(OpenFormContext);
}
