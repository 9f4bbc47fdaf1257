// Tells a screen reader what has happened, through a live region of the page. react-native-web's own way does nothing.

interface Element {
  textContent: string | null;
  style: { cssText: string };
  setAttribute(name: string, value: string): void;
}

// The types of React Native know no document.
declare const document: { createElement(name: "div"): Element; readonly body: { append(element: Element): void } };

let region: Element | undefined;

/** Says it once. */
export function announce(text: string): void {
  region ??= addRegion();
  region.textContent = text;
}

function addRegion(): Element {
  const made = document.createElement("div");
  made.setAttribute("role", "status");
  made.style.cssText = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
  document.body.append(made);
  return made;
}
