// A thread does not inherit its parent's TypeScript loader: this one registers it, then becomes reader-thread.ts.
import { register } from "tsx/esm/api";

register();
await import("./reader-thread.ts");
