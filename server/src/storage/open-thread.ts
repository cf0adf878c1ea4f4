import { Worker } from 'node:worker_threads';

/** A thread of the store. It keeps the process alive only while somebody waits for it. */
export type Thread<Question, Answer> = {
  /** What the thread answers to this question, of which it has one at a time for each id. Rejects when it has ended. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Says something that has no answer. */
  readonly tell: (question: Question) => void;
  readonly close: () => Promise<void>;
};

type Numbered = { readonly id: number };

/** Starts the file of this folder as a thread. */
export function openThread<Question extends Numbered, Answer extends Numbered>(
  file: string,
  name: string,
  start: unknown,
): Thread<Question, Answer> {
  const worker = new Worker(new URL(`./${file}`, import.meta.url), { name, workerData: start });
  worker.unref();
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let death: Error | undefined;
  worker.on('message', (answers: readonly Answer[]) => {
    for (const answer of answers) {
      const waiter = waiting.get(answer.id);
      waiting.delete(answer.id);
      waiter?.resolve(answer);
    }
    if (waiting.size === 0) worker.unref();
  });
  const die = (error: Error): void => {
    death ??= error;
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => die(new Error(`The thread ${name} has ended.`)));
  /** To wake the other thread costs more than most questions: those of one turn go together. */
  let outbox: Question[] = [];
  const send = (question: Question): void => {
    outbox.push(question);
    if (outbox.length > 1) return;
    setImmediate(() => {
      const questions = outbox;
      outbox = [];
      worker.postMessage(questions);
    });
  };
  return {
    ask: (question) => {
      if (death !== undefined) return Promise.reject(death);
      const answered = Promise.withResolvers<Answer>();
      waiting.set(question.id, answered);
      worker.ref();
      send(question);
      return answered.promise;
    },
    tell: send,
    close: async () => {
      death ??= new Error(`The thread ${name} is closed.`);
      await worker.terminate();
    },
  };
}
