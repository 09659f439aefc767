// One request to the server, and what it came to. Never throws.

const LONGEST_WAIT = 30_000; // milliseconds; behind a mountain line an answer may take its time

/** Read each time: signing in again, here or in another tab, changes it. */
export function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
}

/** Post `body` to `url` in the name of `user`.

    Gives {line: "up", answer}, or where the typed values must wait: "offline" (no way through),
    "server" (5xx, or an answer that is not ours), "signed_out"; or {line: "refused", message, answer}. */
export async function post(url, body, user) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
        // Whoever signed in meanwhile on this computer must not send another person's numbers.
        "X-Typed-By": String(user),
      },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_WAIT),
    });
  } catch {
    return { line: "offline" };
  }
  if (response.type === "opaqueredirect" || response.status === 401) return { line: "signed_out" };
  if (response.status >= 500 || [408, 429].includes(response.status)) return { line: "server" };
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer ? { line: "up", answer } : { line: "server" };
  // A refusal of ours is JSON; the page that a lost token brings is not, and a sign-in mends it.
  if (response.status === 403 && !answer) return { line: "signed_out" };
  return { line: "refused", message: answer?.message ?? "", answer };
}
