// The page's sentences in the reader's language, handed over by the server as JSON.

const texts = JSON.parse(document.getElementById("entry-texts").textContent);
const plural = new Intl.PluralRules(document.documentElement.lang);

/** The sentence `key` with %(name)s filled in; `count` chooses between one and many. */
export function say(key, values = {}) {
  const text = texts[key];
  const sentence = Array.isArray(text) ? text[plural.select(values.count) === "one" ? 0 : 1] : text;
  return sentence.replace(/%\((\w+)\)s/g, (_whole, name) => values[name] ?? "");
}

export const isEnglish = document.documentElement.lang.startsWith("en");
