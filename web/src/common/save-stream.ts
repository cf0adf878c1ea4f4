/** Bytes that are gathered before the browser may put them elsewhere than into the memory of the page. */
const gatheredBytes = 8_000_000;

/** Reads a stream to its end and hands it out as a download. `onProgress` hears of the bytes so far. */
export async function saveStream(
  stream: ReadableStream<Uint8Array>,
  name: string,
  onProgress: (byteCount: number) => void,
): Promise<void> {
  const parts: Blob[] = [];
  let gathered: BlobPart[] = [];
  let sinceGathered = 0;
  let byteCount = 0;
  for await (const chunk of readChunks(stream)) {
    gathered.push(new Uint8Array(chunk));
    byteCount += chunk.byteLength;
    sinceGathered += chunk.byteLength;
    if (sinceGathered >= gatheredBytes) {
      parts.push(new Blob(gathered));
      gathered = [];
      sinceGathered = 0;
    }
    onProgress(byteCount);
  }
  saveBlob(new Blob([...parts, ...gathered]), name);
}

async function* readChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Long enough for every browser to have opened the address. */
const addressLivesMs = 60_000;

function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), addressLivesMs);
}
