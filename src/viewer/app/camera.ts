export type CameraTrouble = "refused" | "absent" | "failed";

/** Opens the camera at the back, or says in one word why it cannot. */
export async function openCamera(devices: MediaDevices | undefined): Promise<MediaStream | CameraTrouble> {
  if (devices === undefined) return "absent";
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") return "refused";
    return name === "NotFoundError" || name === "OverconstrainedError" ? "absent" : "failed";
  }
}

/** The light of the camera, where it has one. Returns false when it cannot be switched. */
export async function setTorch(stream: MediaStream, on: boolean): Promise<boolean> {
  const track = stream.getVideoTracks()[0];
  const capabilities: MediaTrackCapabilities & { torch?: boolean } = track?.getCapabilities?.() ?? {};
  if (track === undefined || capabilities.torch !== true) return false;
  const constraint: MediaTrackConstraintSet & { torch: boolean } = { torch: on };
  await track.applyConstraints({ advanced: [constraint] });
  return true;
}
