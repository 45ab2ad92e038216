/* The page's side of worker.js. */

/** Starts the thread and has it read satellites.json.

   handlers: loaded(message), failed({reason: "network" | "broken"}), positions(message), picked(message). */
export function startSpace(address, workerAddress, handlers) {
  const waiting = new Map();
  let worker = null;
  let every = 0;

  function begin() {
    worker = new Worker(workerAddress, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "passes") settle(waiting, data);
      else handlers[data.type]?.(data);
    });
    worker.addEventListener("error", end);
    if (every && !document.hidden) worker.postMessage({ type: "run", every });
  }

  /* Its script could not be loaded, or failed: load() starts another. */
  function end() {
    worker.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error("The worker has ended."));
    waiting.clear();
    handlers.failed?.({ type: "failed", reason: "network" });
  }

  function load() {
    if (!worker) begin();
    // Absolute, since the thread's own address is that of its script.
    worker.postMessage({ type: "load", address: new URL(address, document.baseURI).href });
  }

  document.addEventListener("visibilitychange", () => {
    if (every) worker?.postMessage(document.hidden ? { type: "stop" } : { type: "run", every });
  });
  load();
  return {
    load,
    run(milliseconds = 1000) {
      every = milliseconds;
      if (!document.hidden) worker?.postMessage({ type: "run", every });
    },
    pick(index) {
      worker?.postMessage({ type: "pick", index });
    },
    /** {from, passes, always, never, isLost}; rejected when there is no thread to compute them. */
    passes(index, latitude, longitude) {
      return new Promise((resolve, reject) => {
        if (!worker) return reject(new Error("There is no worker."));
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.postMessage({ type: "passes", id: asked, index, latitude, longitude });
      });
    },
  };
}

let asked = 0;

function settle(waiting, answer) {
  waiting.get(answer.id)?.resolve(answer);
  waiting.delete(answer.id);
}
