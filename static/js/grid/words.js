// Sentences come from the page, in its language; `%(name)s` in them is filled in here.

export function say(sentence, parts) {
  return sentence.replace(/%\((\w+)\)s/g, (_whole, name) => parts[name]);
}
