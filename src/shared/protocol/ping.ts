/** GET /api/ping, unsigned: is it a hub, which one, and what time does it have. */
import { type Bytes, toBase64Url, utf8 } from "../bytes.ts";
import { TomoshibiError } from "../error.ts";
import { shapeOf } from "./shape.ts";

export const pingPath = "/api/ping";
export const protocolVersion = 1;

export interface Ping {
  /** 16 bytes. */
  readonly hub: Bytes;
  /** ms of the hub's clock; not authenticated, so a hint only. */
  readonly time: number;
}

export function encodeResponse(ping: Ping): Bytes {
  return utf8(JSON.stringify({ hub: toBase64Url(ping.hub), time: ping.time, protocol: protocolVersion }));
}

/** Throws `hub-answer-bad`, also when the hub speaks another protocol version. */
export function parseResponse(body: Uint8Array): Ping {
  const shape = shapeOf("hub-answer-bad");
  const map = shape.map(shape.json(body, 4096), ["hub", "time", "protocol"], "ping");
  if (map.protocol !== protocolVersion) throw new TomoshibiError("hub-answer-bad", { field: "protocol" });
  return { hub: shape.encoded(map.hub, 16, "hub"), time: shape.uint(map.time, "time") };
}
