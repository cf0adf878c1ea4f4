import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { largestPartBytes } from './byte-protocol.ts';

/** A new file that is written from its beginning to its end. */
export type FileWriter = {
  /** Where the next bytes go before `commit`: at least `largestPartBytes`. */
  readonly room: () => Buffer;
  /** Takes so many bytes of the room. */
  readonly commit: (byteCount: number) => void;
  /** Writes what is left. The file is complete. */
  readonly end: () => void;
  /** Closes the file, written or not. */
  readonly drop: () => void;
};

/** What every disk wants written at a time, and from such an address. */
const blockBytes = 4096;

/** Fewer and larger writes: half a megabyte costs a third less than a quarter twice. */
const writeBytes = 512 * 1024;
const stageBytes = writeBytes + largestPartBytes;

/** Files that can be written past the system's cache at the same time. */
const stageCount = 16;

const { O_CREAT, O_EXCL, O_WRONLY } = constants;
// Not on every system.
const direct: number | undefined = constants.O_DIRECT;

/**
 * Opens new files for writing. Large ones go past the system's file cache (`O_DIRECT`): what is copied into it once is
 * mostly never read from there, and the copy, its memory and its way to disk cost several times what the write does.
 * Where a file system cannot do that, or too many files are written at once, they go through the cache, from `scratch`,
 * which is `largestPartBytes` long and nobody's between two calls.
 */
export function openFileWriters(
  probePath: string,
  scratch: Buffer,
): { readonly open: (path: string) => FileWriter } {
  // Memory of that kind begins at a block's boundary, which plain buffers do not.
  const stages = openStages();
  const isDirectPossible = probe(probePath, stages[0]);
  return {
    open: (path) => {
      const stage = isDirectPossible ? stages.pop() : undefined;
      if (stage === undefined || direct === undefined) return openCached(path, scratch);
      try {
        return openDirect(path, direct, stage, () => stages.push(stage));
      } catch (error) {
        stages.push(stage);
        throw error;
      }
    },
  };
}

function openStages(): Buffer[] {
  const { buffer } = new WebAssembly.Memory({ initial: (stageBytes * stageCount) / 65_536 });
  return Array.from({ length: stageCount }, (_, index) =>
    Buffer.from(buffer, index * stageBytes, stageBytes),
  );
}

/** Some file systems refuse such files when they are opened, others when they are written. */
function probe(path: string, stage: Buffer | undefined): boolean {
  if (direct === undefined || stage === undefined) return false;
  try {
    const descriptor = openSync(path, O_WRONLY | O_CREAT | direct, 0o600);
    try {
      return writeSync(descriptor, stage, 0, blockBytes) === blockBytes;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  } finally {
    rmSync(path, { force: true });
  }
}

function openDirect(path: string, flag: number, stage: Buffer, giveBack: () => void): FileWriter {
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_EXCL | flag, 0o600);
  let staged = 0;
  let written = 0;
  let isClosed = false;
  const drop = (): void => {
    if (isClosed) return;
    isClosed = true;
    giveBack();
    closeSync(descriptor);
  };
  return {
    room: () => stage.subarray(staged),
    commit: (byteCount) => {
      staged += byteCount;
      if (staged < writeBytes) return;
      const whole = staged - (staged % blockBytes);
      writeAll(descriptor, stage.subarray(0, whole));
      stage.copyWithin(0, whole, staged);
      written += whole;
      staged -= whole;
    },
    end: () => {
      const whole = staged - (staged % blockBytes);
      writeAll(descriptor, stage.subarray(0, whole));
      // The rest of a block goes through the cache: to write a whole one and cut it off again costs four times as much.
      if (whole < staged) writeRest(path, stage.subarray(whole, staged), written + whole);
      drop();
    },
    drop,
  };
}

function writeRest(path: string, bytes: Buffer, position: number): void {
  const descriptor = openSync(path, 'r+');
  try {
    writeAll(descriptor, bytes, position);
  } finally {
    closeSync(descriptor);
  }
}

function openCached(path: string, scratch: Buffer): FileWriter {
  const descriptor = openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600);
  let isClosed = false;
  const drop = (): void => {
    if (isClosed) return;
    isClosed = true;
    closeSync(descriptor);
  };
  return {
    room: () => scratch,
    commit: (byteCount) => writeAll(descriptor, scratch.subarray(0, byteCount)),
    end: drop,
    drop,
  };
}

/** A write may take less than it is given. Without a position they follow one another. */
export function writeAll(descriptor: number, bytes: Buffer, position: number | null = null): void {
  for (let offset = 0; offset < bytes.length; ) {
    const place = position === null ? null : position + offset;
    offset += writeSync(descriptor, bytes, offset, bytes.length - offset, place);
  }
}
